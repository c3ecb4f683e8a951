import Testing

/// All of them one after the other: each starts appliances of its own and loads the machine.
@Suite(
    "Faults: an appliance of the real executables under load", .serialized,
    .enabled(if: Binaries.areThere, Binaries.missing))
enum Faults {}
