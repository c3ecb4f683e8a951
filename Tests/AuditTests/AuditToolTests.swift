import Glibc
import Sys
import Testing

@Suite("masugata-audit: the command line")
struct AuditToolTests {
    /// A folder with two segments: in the first a broken line, at the end of the second a line that is being written.
    final class Log {
        let path: String
        static let first = "20261123T180000Z-0000000000000001.jsonl"
        static let second = "20261123T190000Z-0000000000000005.jsonl"

        init() {
            var template = Array("/tmp/masugata-audit-test-XXXXXX".utf8CString)
            precondition(mkdtemp(&template) != nil)
            path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
            mkdir("\(path)/audit", 0o700)
            append(Log.line(1, "18:00:00") + Log.line(2, "18:00:01", "/b", 403) + "{\"seq\":3,\n", to: Log.first)
            append(Log.line(4, "18:00:02"), to: Log.first)
            append(Log.line(5, "19:00:00", "/b") + #"{"seq":6,"time":"2026-11-23T19:00:01Z","event":"x.y"}"# + "\n{", to: Log.second)
        }

        deinit {
            for name in [Log.first, Log.second] { unlink("\(path)/audit/\(name)") }
            rmdir("\(path)/audit")
            rmdir(path)
        }

        func append(_ text: String, to name: String) {
            let file = open("\(path)/audit/\(name)", O_WRONLY | O_CREAT | O_APPEND, 0o600)
            _ = text.withCString { write(file, $0, strlen($0)) }
            close(file)
        }

        static func line(_ number: Int, _ time: String, _ path: String = "/a", _ status: Int = 200) -> String {
            #"{"seq":\#(number),"time":"2026-11-23T\#(time)Z","client":"203.0.113.9","method":"GET","host":"h","#
                + #""path":"\#(path)","status":\#(status),"us":1500,"action":"allow"}"# + "\n"
        }
    }

    /// Runs the real executable; answers its exit code and what it printed.
    private func run(_ arguments: [String]) throws -> (code: ChildProcess.End, output: String, errors: String) {
        let output = try MemoryFile.empty("output")
        let errors = try MemoryFile.empty("errors")
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let tool = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/masugata-audit"
        let pid = try ChildProcess.spawn(
            tool, arguments: arguments, environment: ["SWIFT_BACKTRACE=enable=no"],
            descriptors: [-1, output.raw, errors.raw], dieWithParent: false)
        let end = try ChildProcess.wait(pid)
        func text(_ file: borrowing Descriptor) throws -> String {
            String(decoding: try File.contents(file.raw, limit: 1 << 20), as: UTF8.self)
        }
        return (end, try text(output), try text(errors))
    }

    private func numbers(_ output: String) -> [Int] {
        output.split(separator: "\n").compactMap { line in
            Int(line.dropFirst(#"{"seq":"#.count).prefix { $0.isNumber })
        }
    }

    @Test("search shows all records in order, names broken lines by file and line, and ends with 2")
    func search() throws {
        let log = Log()
        let (code, output, errors) = try run(["search", "--json", log.path])
        #expect(code == .exited(2))
        #expect(numbers(output) == [1, 2, 4, 5, 6])
        #expect(errors.hasPrefix("\(log.path)/audit/\(Log.first):3: broken line: "))
        #expect(errors.split(separator: "\n").count == 1)
    }

    @Test("search passes over segments that were closed before the time asked for")
    func searchFrom() throws {
        let log = Log()
        let (code, output, _) = try run(["search", "--json", "--from", "2026-11-23T19:00:00.5+00:00", log.path])
        // Between 18:00 and 19:00 the broken line could still be in time; the names alone cannot tell.
        #expect(code == .exited(2))
        #expect(numbers(output) == [6])
        let later = try run(["search", "--json", "--from", "2026-11-23T19:10:01", log.path])
        #expect(later.code == .exited(0))
        #expect(later.output.isEmpty && later.errors.isEmpty)
    }

    @Test("search prints columns for people, and the number of records that was asked for")
    func columns() throws {
        let log = Log()
        let (_, output, _) = try run(["search", "--path", "/b", "--limit", "1", log.path])
        let expected =
            "2026-11-23 18:00:01.000  203.0.113.9      403  GET      h/b                                         1.5 ms  -\n"
        #expect(output == expected)
    }

    @Test("tail shows the last records of several segments")
    func tail() throws {
        let log = Log()
        let (code, output, errors) = try run(["tail", "--json", "-n", "3", "\(log.path)/audit/"])
        #expect(code == .exited(0))
        #expect(numbers(output) == [4, 5, 6])
        #expect(errors.isEmpty)
        #expect(numbers(try run(["tail", "--json", "-n", "0", log.path]).output) == [])
    }

    @Test("tail -f shows what is appended, and goes on in the next segment")
    func follow() throws {
        let log = Log()
        let output = try MemoryFile.empty("output")
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(decoding: buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let tool = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/masugata-audit"
        let pid = try ChildProcess.spawn(
            tool, arguments: ["tail", "--json", "-n", "1", "-f", log.path], environment: [],
            descriptors: [-1, output.raw, 2], dieWithParent: false)
        defer {
            Signals.send(SIGKILL, to: pid)
            _ = try? ChildProcess.wait(pid)
        }
        func waitFor(_ expected: [Int]) throws {
            for _ in 0..<1_000 {
                let text = String(decoding: try File.contents(output.raw, limit: 1 << 20), as: UTF8.self)
                if numbers(text) == expected { return }
                usleep(20_000)
            }
            Issue.record("\(expected) did not come")
        }
        try waitFor([6])
        // The line that was being written is finished.
        log.append(String(Log.line(7, "19:00:02").dropFirst()), to: Log.second)
        try waitFor([6, 7])
        log.append(Log.line(8, "20:00:00"), to: "20261123T200000Z-0000000000000008.jsonl")
        try waitFor([6, 7, 8])
        unlink("\(log.path)/audit/20261123T200000Z-0000000000000008.jsonl")
    }

    @Test("a wrong command line ends with 64, a folder that is not there with 1 and its name")
    func errors() throws {
        #expect(try run(["search", "--status", "9xx", "/tmp"]).code == .exited(64))
        #expect(try run(["search", "--from", "2026-11-24", "--to", "2026-11-23", "/tmp"]).code == .exited(64))
        #expect(try run(["tail"]).code == .exited(64))
        let missing = try run(["search", "/nonexistent-folder"])
        #expect(missing.code == .exited(1))
        #expect(missing.errors.contains("/nonexistent-folder: opendir: ENOENT"))
    }
}
