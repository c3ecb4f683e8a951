import Foundation
import Policy

/// The files in a folder, as policies of the tests name them.
struct FilesOfFolder: PolicyFiles {
    /// 2026-11-23 00:00 UTC, the day on which the tests take place.
    static let today: Int64 = 1_795_392_000

    private let folder: URL

    init(_ folder: URL) { self.folder = folder }

    func contents(of name: String, limit: Int) throws(PolicyFileProblem) -> [UInt8] {
        let url = name.hasPrefix("/") ? URL(filePath: name) : folder.appending(path: name)
        guard let data = FileManager.default.contents(atPath: url.path()) else {
            throw PolicyFileProblem("is not there")
        }
        if data.count > limit { throw PolicyFileProblem("has more than \(limit) bytes") }
        return Array(data)
    }

    func names(matching pattern: String) throws(PolicyFileProblem) -> [String] {
        let slash = pattern.lastIndex(of: "/")
        let path = slash.map { String(pattern[...$0]) } ?? ""
        let parts = pattern.dropFirst(path.count).split(separator: "*", omittingEmptySubsequences: false)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path())) ?? []
        return names.filter { $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) }.sorted().map { path + $0 }
    }
}
