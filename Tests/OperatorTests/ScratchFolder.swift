import Foundation

/// A folder for one test, removed with it.
final class ScratchFolder: Sendable {
    let path: String

    struct Failed: Error { let command: [String] }

    init() throws {
        path = NSTemporaryDirectory() + "masugata-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String, mode: Int = 0o644) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
        try setMode(name, mode)
    }

    func setMode(_ name: String, _ mode: Int) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    }

    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: false)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(path)/\(name)", withDestinationPath: target)
    }

    func move(_ name: String, _ target: String) throws {
        try? remove(target)
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(target)")
    }

    /// Makes NAME.pem and NAME.key, valid for `days` from now (negative: expired so long ago).
    func makePair(_ name: String, kind: [String], days: Int = 30) throws {
        try run(
            [
                "openssl", "req", "-new", "-nodes", "-subj", "/CN=www.example.org", "-keyout", "\(name).key", "-out",
                "request",
            ] + kind)
        try run([
            "openssl", "x509", "-req", "-in", "request", "-signkey", "\(name).key", "-days", "\(days)", "-out",
            "\(name).pem",
        ])
        try setMode("\(name).key", 0o600)
    }

    func encryptKey(_ name: String) throws {
        try run(["openssl", "pkey", "-in", name, "-out", "encrypted", "-aes256", "-passout", "pass:secret"])
        try move("encrypted", name)
        try setMode(name, 0o600)
    }

    private func run(_ command: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed(command: command) }
    }
}
