import Audit
import Glibc
import Sys
import Testing

@testable import masugata_logd

@Suite("LineBuffer: lines on their way to a file")
struct LineBufferTests {
    /// A pipe that takes one page and no more: the only file that writes in part on demand.
    final class SmallPipe {
        let reader: Int32
        let writer: Int32

        /// `F_SETPIPE_SZ` (linux/fcntl.h).
        private static let setSize: Int32 = 1031

        init() {
            var ends: [Int32] = [0, 0]
            precondition(pipe(&ends) == 0)
            (reader, writer) = (ends[0], ends[1])
            for end in ends { precondition(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
            precondition(fcntl(writer, SmallPipe.setSize, 4096) >= 0)
        }

        deinit {
            close(reader)
            close(writer)
        }

        func read() -> String {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = Glibc.read(reader, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
        }
    }

    private func fill(_ lines: inout LineBuffer, _ count: Int) {
        for number in 1...count {
            let text = String(repeating: "x", count: 1_000)
            let event = EventEntry(time: Timestamp(microseconds: 0), event: "test", text: text)
            lines.append(event: event, sequence: UInt64(number))
        }
    }

    private func writeFault(_ lines: inout LineBuffer, _ pipe: SmallPipe) -> Bool {
        var size = 0
        do {
            try lines.write(to: pipe.writer, size: &size)
            return false
        } catch {
            return error.wouldBlock
        }
    }

    @Test("after a write that was cut short the rest follows, byte for byte")
    func restFollows() throws {
        let pipe = SmallPipe()
        var lines = LineBuffer(lineLimit: 4_096)
        fill(&lines, 10)
        var size = 0
        var text = ""
        while !lines.isEmpty {
            do { try lines.write(to: pipe.writer, size: &size) } catch { #expect(error.wouldBlock) }
            text += pipe.read()
        }
        #expect(size == text.utf8.count)
        #expect(text.split(separator: "\n").count == 10)
        #expect(text.hasSuffix("\"}\n"))
    }

    @Test("dropped are only lines of which nothing is written; the line that was begun is ended")
    func dropping() throws {
        let pipe = SmallPipe()
        var lines = LineBuffer(lineLimit: 4_096)
        fill(&lines, 10)
        var size = 0
        #expect(writeFault(&lines, pipe) == true)
        var text = pipe.read()
        let whole = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        #expect(lines.isTorn == true)
        #expect(lines.dropLines() == 10 - whole - 1)
        #expect(lines.lines == 1)
        try lines.write(to: pipe.writer, size: &size)
        text += pipe.read()
        #expect(text.split(separator: "\n").count == whole + 1)
        #expect(text.hasSuffix("\"}\n"))
    }

    @Test("a line that one file has in part goes to the next file as a whole")
    func otherFile() throws {
        let (first, second) = (SmallPipe(), SmallPipe())
        var lines = LineBuffer(lineLimit: 4_096)
        fill(&lines, 5)
        var size = 0
        #expect(writeFault(&lines, first) == true)
        lines.beginAnew()
        try lines.write(to: second.writer, size: &size)
        let text = second.read()
        #expect(text.hasPrefix(#"{"seq":"#))
        #expect(text.split(separator: "\n").count == 2)
    }
}
