import Foundation

/// The wrong rule files with the diagnostics that are expected of them.
enum GoldenFiles {
    /// The folder, with its slash.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden/"

    /// The names without their endings.
    static let names: [String] = {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(".conf") }.map { String($0.dropLast(".conf".count)) }.sorted()
    }()

    /// What is in a file of the folder.
    static func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: folder + name).map { [UInt8]($0) }
    }
}
