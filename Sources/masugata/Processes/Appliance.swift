import Sandbox

/// The processes of a running appliance: what the supervisor says of each, with what the kernel says of it.
struct Appliance {
    var members: [Member]
    /// Whether a policy is being taken on, so that its compiler may be there.
    var isReloading = false

    /// One place of the process model.
    struct Member {
        /// As in the status: `supervisor`, `keyholder`, `proxy` and so on.
        let role: String
        /// The number of a proxy, else 0.
        let worker: UInt64
        /// The user it should run as.
        let user: UInt32
        let restarts: UInt64
        let state: String
        let lastEnd: String
        let onDeath: String
        /// What it says that it did to itself.
        let landlock: UInt8
        /// What it says that could not be had here.
        let missing: String
        /// nil while it is down.
        var snapshot: ProcessSnapshot?

        /// How it is called in texts.
        var name: String { role == "proxy" ? "proxy \(worker)" : role }

        /// The cell it lives in; none for the supervisor.
        var profile: Profile? { Profile.allCases.first { $0.name == role } }
    }

    /// The supervisor itself.
    var supervisor: Member? { members.first { $0.role == "supervisor" } }
}

extension Appliance {
    /// Asks the supervisor for its processes and looks at each.
    static func seen(by control: ControlClient) throws(OperatorError) -> Appliance {
        let table = try control.ask("processes")
        let status = try control.ask("status")
        return Appliance(
            members: table["processes"].list.map {
                Member($0, snapshot: ProcessSnapshot.taken(of: Int32(clamping: $0["pid"].number)))
            },
            isReloading: status["reloading"].isTrue)
    }
}

extension Appliance.Member {
    /// An entry of the supervisor's table.
    init(_ entry: JSONValue, snapshot: ProcessSnapshot?) {
        role = entry["role"].text
        worker = entry["worker"].number
        user = UInt32(clamping: entry["uid"].number)
        restarts = entry["restarts"].number
        state = entry["state"].text
        lastEnd = entry["last_end"].text
        onDeath = entry["on_death"].text
        landlock = UInt8(clamping: entry["landlock"].number)
        missing = entry["missing"].text
        self.snapshot = entry["pid"].number == 0 ? nil : snapshot
    }
}
