import Foundation
import Testing

/// The executables under test: those of the release build, or in the folder that `MASUGATA_BINARIES` names.
enum Binaries {
    /// The folder.
    static let folder: String =
        ProcessInfo.processInfo.environment["MASUGATA_BINARIES"] ?? "\(package)/.build/release"

    /// The folder of the test's own executable, where the debug build is.
    static let debugFolder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (own as NSString).deletingLastPathComponent
    }()

    /// What an appliance consists of.
    static let names = ["masugatad", "config", "keyholder", "proxy", "dialer", "logd", "selftest"].map {
        $0 == "masugatad" ? $0 : "masugata-\($0)"
    }

    /// Whether they are there.
    static var areThere: Bool {
        (names + ["masugata"]).allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
    }

    /// Said where they are not.
    static let missing: Comment =
        "the release executables are not there: build them with 'make', or name their folder in MASUGATA_BINARIES"

    private static let package: String = {
        var parts = URL(fileURLWithPath: #filePath).pathComponents
        while let last = parts.popLast(), last != "Tests" {}
        return NSString.path(withComponents: parts)
    }()
}
