import Foundation

/// The working copy that the tests were built from.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let sources = root.appendingPathComponent("Sources")

    /// The text of a file, by its path from the root.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The files below a folder whose names end with one of `suffixes`, in order.
    static func files(below folder: URL, _ suffixes: [String]) -> [URL] {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { suffixes.contains($0.pathExtension) }
            .sorted { $0.path < $1.path }
    }

    /// The folders of the targets.
    static func targetFolders() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
            .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
            .sorted { $0.path < $1.path }
    }

    /// The path of a file from the root.
    static func name(_ file: URL) -> String { String(file.path.dropFirst(root.path.count + 1)) }

    /// Where the release executables are; nil unless the Makefile has built them.
    static let releaseBinaries = ProcessInfo.processInfo.environment["MASUGATA_BINARIES"]

    /// Why a program failed.
    struct Failed: Error { let command: [String]; let status: Int32; let output: String }

    /// The standard output of a program.
    static func output(_ command: [String], environment: [String: String] = [:]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = root
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        if process.terminationStatus != 0 {
            throw Failed(command: command, status: process.terminationStatus, output: text)
        }
        return text
    }
}
