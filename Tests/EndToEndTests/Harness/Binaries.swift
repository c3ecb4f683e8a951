import Foundation
import Testing

/// The executables under test, and what else a test needs on this machine.
enum Binaries {
    /// The folder of the executables: MASUGATA_BINARIES, or those of `make`.
    static let folder: String =
        ProcessInfo.processInfo.environment["MASUGATA_BINARIES"]
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/release").path

    /// Whether they have been built.
    static var areBuilt: Bool { FileManager.default.isExecutableFile(atPath: "\(folder)/masugatad") }

    /// What to tell whoever sees tests skipped.
    static var hint: Comment { "the executables are not in \(folder): run 'make' first, or set MASUGATA_BINARIES" }
}

extension Trait where Self == ConditionTrait {
    /// The test runs the appliance's executables.
    static var appliance: Self { .enabled(if: Binaries.areBuilt, Binaries.hint) }
}
