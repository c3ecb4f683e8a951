import Foundation

/// A program of the machine that a test runs to its end.
enum Tool {
    /// Whether the machine has it.
    static func isInstalled(_ name: String) -> Bool {
        ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"].contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
        }
    }

    /// Runs it, for a minute at most; what it wrote to its standard output, and its status.
    static func run(_ command: [String]) throws -> (output: String, status: Int32) {
        let process = try start(command)
        let output = String(decoding: process.pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.process.waitUntilExit()
        return (output, process.process.terminationStatus)
    }

    /// Starts it, and leaves it running.
    static func start(_ command: [String]) throws -> (process: Process, pipe: Pipe) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["-k", "2", "60"] + command
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        return (process, pipe)
    }
}
