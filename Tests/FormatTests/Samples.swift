import Foundation

/// The files that the tests read.
enum Samples {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

    /// Policies as an operator may write them (`NAME.policy`) and their canonical form (`NAME.formatted`).
    static let golden = folder.appending(path: "Golden")

    /// The policies that are shipped as examples.
    static let examples = root.appending(path: "policies/examples")

    /// The wrong policies that the checker is tested with.
    static let wrong = root.appending(path: "Tests/PolicyTests/Golden")

    /// The names of the files in `folder` that end in `.policy`, without that ending.
    static func policies(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".policy") }.map { String($0.dropLast(7)) }.sorted()
    }

    static func bytes(_ folder: URL, _ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// Every policy there is, right and wrong.
    static func all() throws -> [[UInt8]] {
        try [golden, examples, wrong].flatMap { folder in
            try policies(in: folder).map { try bytes(folder, "\($0).policy") }
        }
    }
}

/// Random numbers that are the same in every run (Steele, Lea, Flood: SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
