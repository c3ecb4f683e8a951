import Audit
import Bytes
import Glibc
import Plan
import Sys
import Testing
import Wire

@testable import masugata_logd

@Suite("Recorder: from the rings into the logs")
struct RecorderTests {
    let folder = TemporaryFolder()

    /// A moment after the records of ``Worker``; `seconds` later each time it is asked so.
    static func time(_ seconds: UInt64 = 0) -> RecorderTime {
        RecorderTime(
            monotonic: 1_000_000_000 + seconds * 1_000_000,
            wall: Timestamp(microseconds: 1_795_456_900_000_000 + seconds * 1_000_000))
    }

    func recorder(_ settings: AuditSettings = AuditSettings(), at now: RecorderTime = time()) -> Recorder {
        var recorder = Recorder()
        reopen(&recorder, settings, at: now)
        return recorder
    }

    func reopen(_ recorder: inout Recorder, _ settings: AuditSettings, at now: RecorderTime = time()) {
        var logs = PreparedLogs(generation: 1, settings: settings)
        #expect(logs.setFolder(0, folder.descriptor()) == true)
        #expect(logs.setFolder(1, folder.descriptor()) == true)
        #expect(logs.fault() == nil)
        recorder.use(logs, now)
    }

    func sequences(_ lines: [Substring]) -> [UInt64] {
        lines.compactMap { line in
            let bytes = Array(line.utf8)
            guard let record = try? RecordLine(bytes.span) else { return nil }
            return record.sequence
        }
    }

    @Test("a finished request becomes one line in each log, and leaves the ring when it is written")
    func oneRequest() throws {
        let worker = try Worker()
        var recorder = recorder()
        recorder.attach(try worker.logWriterEnd())
        worker.finish(id: 0xabcdef, path: "/a b", allowed: false)
        #expect(recorder.turn(Self.time()) == true)
        #expect(worker.ring.taken == worker.ring.appended)
        let record = """
            {"seq":1,"time":"2026-11-23T18:00:00.123456Z","id":"0000000000abcdef","site":"wiki.example.org",\
            "route":"/*","client":"203.0.113.9","method":"GET","host":"wiki.example.org","path":"/a b","query":"q=1",\
            "status":403,"bytes_in":100,"bytes_out":5000,"upstream":"10.20.0.11:8080","us":1234,"action":"deny",\
            "reason":"route.from","rules":[942100,949110],"version":"1.1","tls":"1.3","user_agent":"curl/8",\
            "referer":"","rule_names":["seen","seen-too"]}
            """
        #expect(folder.lines.map(String.init) == [record])
        let access = #"203.0.113.9 - - [23/Nov/2026:18:00:00 +0000] "GET /a\x20b?q=1 HTTP/1.1" 403 5000 "-" "curl/8""#
        #expect(folder.text("access.log") == access + "\n")
        #expect(recorder.turn(Self.time()) == false)
    }

    @Test("all records of several workers are written, each once, with numbers that count up")
    func severalWorkers() throws {
        let workers = try (0..<3).map { try Worker(UInt16($0)) }
        var recorder = recorder()
        for worker in workers { recorder.attach(try worker.logWriterEnd()) }
        for id in 0..<9_000 { #expect(workers[id % 3].finish(id: UInt64(id))) }
        while recorder.turn(Self.time()) {}
        let lines = folder.lines
        #expect(sequences(lines) == Array(1...9_000))
        #expect(Set(lines.map { $0.drop { $0 != "i" } }).count == 9_000)
        #expect(recorder.counts.records == 9_000)
    }

    @Test("what a killed log writer wrote without saying so is not written twice, and what it had not written is")
    func crashAfterWriting() throws {
        let worker = try Worker()
        for id in 1...50 { worker.finish(id: UInt64(id)) }
        var first = recorder()
        first.attach(try worker.logWriterEnd())
        while first.turn(Self.time()) {}
        // As if it had died between the write and the word that the records are safe.
        worker.ring.finish(0)
        for id in 51...60 { worker.finish(id: UInt64(id)) }

        var second = recorder()
        second.attach(try worker.logWriterEnd())
        while second.turn(Self.time()) {}
        #expect(second.counts.duplicates == 50)
        #expect(sequences(folder.lines) == Array(1...60))
        #expect(worker.ring.taken == worker.ring.appended)
    }

    @Test("what a killed worker had completed is still taken, then its ring is let go")
    func workerGone() throws {
        let worker = try Worker()
        var recorder = recorder()
        recorder.attach(try worker.logWriterEnd())
        worker.finish(id: 1)
        recorder.detach(0)
        // A successor on the same ring: its records are taken by its own turn.
        worker.finish(id: 2)
        recorder.attach(try worker.logWriterEnd())
        while recorder.turn(Self.time()) {}
        while recorder.turn(Self.time()) {}
        #expect(sequences(folder.lines) == [1, 2])
        #expect(recorder.rings.count == 1)
        #expect(recorder.doneRings.count == 1)
    }

    @Test("a record that a killed worker had prepared is taken once, and says that it is not confirmed")
    func workerKilledWhileSending() throws {
        let worker = try Worker()
        var recorder = recorder()
        recorder.attach(try worker.logWriterEnd())
        worker.finish(id: 1)
        #expect(worker.prepare(id: 2))
        _ = recorder.turn(Self.time())
        #expect(sequences(folder.lines) == [1])
        // The worker is killed, a successor comes and goes as well, and the log writer is told to come to its end.
        let successor = try worker.successor()
        successor.finish(id: 3)
        #expect(successor.prepare(id: 4))
        recorder.adoptPrepared()
        while recorder.turn(Self.time()) {}
        let lines = folder.lines
        #expect(sequences(lines) == [1, 2, 3, 4])
        #expect(lines.map { $0.hasSuffix(#","referer":"","confirmed":false}"#) } == [false, true, false, true])
        recorder.adoptPrepared()
        #expect(recorder.turn(Self.time()) == false)
    }

    @Test("a line that a power cut tore is ended, told of, and the numbers go on")
    func tornLine() throws {
        let worker = try Worker()
        var first = recorder()
        first.attach(try worker.logWriterEnd())
        worker.finish(id: 1)
        _ = first.turn(Self.time())
        folder.write(#"{"seq":2,"time":"2026-11-23T18:0"#, to: folder.segments[0])

        var second = recorder()
        second.attach(try worker.logWriterEnd())
        worker.finish(id: 2)
        _ = second.turn(Self.time())
        let lines = folder.lines
        #expect(lines.count == 4)
        #expect(lines[1] == #"{"seq":2,"time":"2026-11-23T18:0"#)
        #expect(lines[2].contains(#""event":"audit.repaired""#) && lines[2].contains("32 bytes"))
        #expect(sequences(lines) == [1, 2, 3])
    }

    @Test("segments are closed by size, named by time and first number, and go on in number")
    func rotationBySize() throws {
        let worker = try Worker()
        var recorder = recorder(AuditSettings(segmentSize: 65_536))
        recorder.attach(try worker.logWriterEnd())
        for id in 1...1_000 { worker.finish(id: UInt64(id)) }
        while recorder.turn(Self.time()) {}
        let segments = folder.segments
        #expect(segments.count > 3)
        #expect(sequences(folder.lines) == Array(1...1_000))
        for segment in segments {
            let name = try #require(SegmentName(segment))
            #expect(sequences(folder.text(segment).split(separator: "\n")).first == name.firstSequence)
            // Over by less than one line.
            #expect(folder.text(segment).utf8.count < 65_536 + 1_000)
        }
    }

    @Test("segments are closed by age and removed only when they have been kept long enough")
    func rotationByAge() throws {
        let worker = try Worker()
        var recorder = recorder(AuditSettings(segmentAge: 60_000, keep: 600_000))
        recorder.attach(try worker.logWriterEnd())
        for (id, seconds) in [(1, 0), (2, 59), (3, 61), (4, 200)] as [(UInt64, UInt64)] {
            worker.finish(id: id)
            _ = recorder.turn(Self.time(seconds))
            recorder.tick(Self.time(seconds))
        }
        #expect(folder.segments.count == 3)
        recorder.tick(Self.time(3_600 + 650))
        // The first was closed at 61 and the second at 200; the third is closed now but has no successor.
        #expect(sequences(folder.lines) == [4])
        #expect(recorder.counts.rotations == 3)
    }

    @Test("a ring whose worker broke the rules is reported and emptied, and the others go on")
    func corruptRing() throws {
        let (bad, good) = (try Worker(1), try Worker(2))
        var recorder = recorder()
        recorder.attach(try bad.logWriterEnd())
        recorder.attach(try good.logWriterEnd())
        bad.finish(bytes: [1, 2, 3])
        good.finish(id: 7)
        _ = recorder.turn(Self.time())
        #expect(recorder.violations == [.init(worker: 1, text: "a record with a wrong header")])
        #expect(sequences(folder.lines) == [1])
        #expect(bad.ring.taken == bad.ring.appended)
        // What it leaves until it is ended is skipped, and not held against its successor on the same ring.
        bad.finish(bytes: [4, 5, 6])
        _ = recorder.turn(Self.time(1))
        #expect(recorder.violations.count == 1)
        bad.finish(id: 8)
        while recorder.turn(Self.time(2)) {}
        #expect(sequences(folder.lines) == [1, 2])
    }

    @Test("records that are too short, too long, or hold impossible values are violations")
    func wrongRecords() throws {
        let right = Worker.record(id: 1, path: "/")
        func fault(_ change: (inout [UInt8]) -> Void) -> WireViolation? {
            var bytes = right
            change(&bytes)
            do throws(WireViolation) {
                _ = try RequestEntry(record: bytes.span)
                return nil
            } catch {
                return error
            }
        }
        #expect(fault { _ in } == nil)
        for count in right.indices { #expect(fault { $0.removeLast(right.count - count) } != nil) }
        #expect(fault { $0.append(0) } == .length)
        #expect(fault { $0[0] ^= 1 } == .header)
        #expect(fault { $0[2] = 99 } == .header)
        #expect(fault { for index in 3..<11 { $0[index] = 0xff } } == .value)
    }

    @Test("whatever a worker writes into the shared memory, the log writer goes on and its log stays whole")
    func scribbledMemory() throws {
        let (bad, good) = (try Worker(1), try Worker(2))
        var recorder = recorder()
        recorder.attach(try bad.logWriterEnd())
        recorder.attach(try good.logWriterEnd())
        let special: [UInt64] = [0, 1, 4, 4095, 4_194_304, 4_194_305, .max, .max - 3, 1 << 63]
        for round in 0..<3_000 as Range<UInt64> {
            bad.finish(id: round)
            let isWord = Bool.random()
            let place = isWord ? [0, 64, 128, 192].randomElement() ?? 0 : Int.random(in: 4_096..<12_000)
            var value = isWord ? special.randomElement() ?? 0 : UInt64.random(in: 0 ... .max)
            #expect(pwrite(bad.memory.raw, &value, 8, place) == 8)
            if round % 10 == 0 { good.finish(id: 1_000_000 + round) }
            _ = recorder.turn(Self.time(round))
            recorder.tick(Self.time(round))
        }
        while recorder.turn(Self.time(4_000)) {}
        let lines = folder.lines
        #expect(sequences(lines) == Array(1...UInt64(lines.count)))
        #expect(lines.filter { $0.contains(#""id":"00000000000f"#) }.count >= 300)
        #expect(good.ring.taken == good.ring.appended)
    }

    @Test("when the file takes nothing and the policy says deny, records stay in the ring until it does")
    func fullWithDeny() throws {
        let worker = try Worker()
        let blocker = "\(folder.path)/\(SegmentName(begun: Self.time().wall, firstSequence: 1).text)"
        var recorder = recorder(AuditSettings(onFull: .deny))
        #expect(mkdir(blocker, 0o700) == 0)
        recorder.attach(try worker.logWriterEnd())
        for id in 1...10 { worker.finish(id: UInt64(id)) }
        _ = recorder.turn(Self.time())
        #expect(worker.ring.taken == 0)
        #expect(recorder.counts.writeErrors == 1)
        #expect(recorder.notices.count == 1)
        #expect(recorder.turn(Self.time()) == false)
        rmdir(blocker)
        while recorder.turn(Self.time(1)) {}
        #expect(sequences(folder.lines) == Array(1...10))
        #expect(worker.ring.taken == worker.ring.appended)
        #expect(recorder.counts.dropped == 0)
    }

    @Test("when the file takes nothing and the policy says drop, the log tells how many records are missing")
    func fullWithDrop() throws {
        let worker = try Worker()
        let blocker = "\(folder.path)/\(SegmentName(begun: Self.time().wall, firstSequence: 1).text)"
        var recorder = recorder(AuditSettings(onFull: .drop))
        #expect(mkdir(blocker, 0o700) == 0)
        recorder.attach(try worker.logWriterEnd())
        for id in 1...10 { worker.finish(id: UInt64(id)) }
        _ = recorder.turn(Self.time())
        worker.finish(id: 11)
        _ = recorder.turn(Self.time())
        #expect(worker.ring.taken == worker.ring.appended)
        #expect(recorder.counts.dropped == 11)
        rmdir(blocker)
        worker.finish(id: 12)
        while recorder.turn(Self.time(1)) {}
        let lines = folder.lines
        #expect(sequences(lines) == [1, 2])
        #expect(lines[0].contains(#""event":"audit.dropped","count":11"#))
        #expect(lines[1].contains(#""id":"000000000000000c""#))
    }

    @Test("records that workers gave up are told of in the log, with their number")
    func droppedByWorker() throws {
        let worker = try Worker(3)
        var recorder = recorder()
        recorder.attach(try worker.logWriterEnd())
        worker.ring.countDropped()
        worker.ring.countDropped()
        recorder.tick(Self.time())
        _ = recorder.turn(Self.time())
        #expect(folder.lines.count == 1)
        #expect(folder.lines[0].contains(#""event":"audit.dropped","count":2,"text":"worker 3 "#))
        recorder.tick(Self.time(1))
        #expect(recorder.turn(Self.time(1)) == false)
    }

    @Test("a reload opens the files anew and goes on in the newest segment")
    func reopened() throws {
        let worker = try Worker()
        var recorder = recorder()
        recorder.attach(try worker.logWriterEnd())
        worker.finish(id: 1)
        _ = recorder.turn(Self.time())
        #expect(rename("\(folder.path)/access.log", "\(folder.path)/access.log.1") == 0)
        reopen(&recorder, AuditSettings(accessLog: .file("/elsewhere/my-access.log")))
        worker.finish(id: 2)
        _ = recorder.turn(Self.time())
        #expect(folder.segments.count == 1)
        #expect(sequences(folder.lines) == [1, 2])
        #expect(folder.text("access.log.1").split(separator: "\n").count == 1)
        #expect(folder.text("my-access.log").split(separator: "\n").count == 1)
    }

    @Test("events stand in the log with their text escaped")
    func events() throws {
        var recorder = recorder()
        recorder.add(EventEntry(time: Self.time().wall, event: "process.ended", text: "signal \"9\"\n"))
        _ = recorder.turn(Self.time())
        #expect(
            folder.lines == [
                #"{"seq":1,"time":"2026-11-23T18:01:40.000000Z","event":"process.ended","text":"signal \"9\"\u000a"}"#
            ])
    }

    @Test("the texts of a record stand in the order that workers write them in")
    func textOrder() {
        let wire = RequestRecord.Text.allCases.map { "\($0)" }
        #expect(RequestEntry.Text.allCases.map { "\($0)" } == wire)
    }

    @Test("the fixed part of a record has the size that workers leave free for it")
    func fixedPart() {
        var bytes = [UInt8](repeating: 0, count: 2 * RequestRecord.fixedSize)
        var writer = ByteWriter(bytes.mutableSpan)
        RequestRecord().write(to: &writer)
        let count = writer.count
        #expect(count == RequestRecord.fixedSize)
    }
}
