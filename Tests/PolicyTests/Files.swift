import Foundation
import Testing

/// The files that the tests read.
enum Files {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    /// Wrong policies (`NAME.policy`) and what is said about them (`NAME.expected`).
    static let golden = folder.appending(path: "Golden")

    /// The policies that are shipped as examples.
    static let examples = folder.deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "policies/examples")

    /// The names of the files in `folder` that end in `.policy`, without that ending.
    static func policies(in folder: URL) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".policy") }.map { String($0.dropLast(7)) }.sorted()
    }

    static func bytes(_ folder: URL, _ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }
}
