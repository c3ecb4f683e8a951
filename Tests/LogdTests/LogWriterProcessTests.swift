import Audit
import Bytes
import DaemonTestSupport
import Glibc
import Plan
import Sys
import Testing
import Wire

@testable import masugata_logd

@Suite("masugata-logd: the real process in its sandbox")
struct LogWriterProcessTests {
    let folder = TemporaryFolder()

    private func start(_ workers: [Worker], _ settings: AuditSettings = AuditSettings()) throws -> Supervised {
        let process = try Supervised("masugata-logd", role: .logd, account: Supervised.account)
        for worker in workers {
            let descriptors = [worker.memory.raw, worker.wakeUp.raw]
            try process.order(.attach(purpose: .records, peer: worker.number), descriptors)
        }
        try prepare(process, settings)
        try process.expect(.prepared(generation: 1))
        try process.order(.commit(generation: 1))
        try process.expect(.committed(generation: 1))
        return process
    }

    private func prepare(_ process: Supervised, _ settings: AuditSettings) throws {
        let plan = try MemoryFile.sealed("plan", SmallPlan.image(settings).span)
        if Account.isRoot { #expect(chown(folder.path, Supervised.account.user, Supervised.account.group) == 0) }
        let directory = try Sys.Folder.detached(folder.path)
        try process.order(.prepare(generation: 1, isServed: false), [plan.raw])
        try process.order(.folder(generation: 1, which: 0), [directory.raw])
        try process.order(.folder(generation: 1, which: 1), [directory.raw])
        try process.order(.complete(generation: 1))
    }

    private func numbers() -> [UInt64] {
        folder.lines.compactMap { line in
            let bytes = Array(line.utf8)
            guard let record = try? RecordLine(bytes.span) else { return nil }
            return record.sequence
        }
    }

    /// Waits until the ring is taken, by asking for signs of life.
    private func waitUntilTaken(_ worker: Worker, _ process: Supervised) throws {
        while worker.ring.taken != worker.ring.appended { try process.ping() }
    }

    @Test("records are written, survive a killed log writer, and nothing is written twice")
    func killed() throws {
        let worker = try Worker()
        for id in 1...500 { worker.finish(id: UInt64(id)) }
        let first = try start([worker])
        try waitUntilTaken(worker, first)
        try first.kill()
        for id in 501...700 { worker.finish(id: UInt64(id)) }

        let second = try start([worker])
        try waitUntilTaken(worker, second)
        #expect(try second.counter("records", of: .logd) == 200)
        #expect(numbers() == Array(1...700))
        #expect(folder.text("access.log").split(separator: "\n").count == 700)
    }

    @Test("killed at any moment under load, no record is lost and none is written twice")
    func killedUnderLoad() throws {
        let worker = try Worker()
        var id: UInt64 = 0
        for _ in 0..<5 {
            let process = try start([worker])
            for _ in 0..<400 {
                id += 1
                while !worker.finish(id: id) { try process.ping() }
                if worker.ring.takeWakeDuty() { WakeUp(try worker.wakeUp.duplicate()).signal() }
            }
            try process.kill()
        }
        let last = try start([worker])
        try waitUntilTaken(worker, last)
        let lines = folder.lines.filter { !$0.contains("audit.repaired") }
        let ids = lines.compactMap { line -> [UInt8]? in
            let bytes = Array(line.utf8)
            guard let record = try? RecordLine(bytes.span) else { return nil }
            return record.text(.id)
        }
        #expect(ids.count == Int(id))
        #expect(Set(ids).count == Int(id))
    }

    @Test("told to drain it writes what is there and ends with 0")
    func drain() throws {
        let worker = try Worker()
        let process = try start([worker])
        for id in 1...3_000 { worker.finish(id: UInt64(id)) }
        try process.order(.event(kind: "process.ended", text: "worker 0", time: Worker.time))
        try process.order(.drain(milliseconds: 10_000))
        try process.expect(.drained)
        #expect(try process.end() == .exited(0))
        #expect(numbers().count == 3_001)
    }

    @Test("a worker that breaks the rules is named")
    func violation() throws {
        let (bad, good) = (try Worker(4), try Worker(5))
        let process = try start([bad, good])
        bad.finish(bytes: [1, 2, 3])
        WakeUp(try bad.wakeUp.duplicate()).signal()
        guard case .violation(4, .records, _) = try process.report() else {
            Issue.record("no violation was reported")
            return
        }
        good.finish(id: 1)
        WakeUp(try good.wakeUp.duplicate()).signal()
        try waitUntilTaken(good, process)
        #expect(numbers() == [1])
        #expect(try process.counter("workers_ended", of: .logd) == 1)
    }

    @Test("a plan that can still be changed, or is none, is refused")
    func refusedPlan() throws {
        let process = try Supervised("masugata-logd", role: .logd, account: Supervised.account)
        let open = try MemoryFile.empty("plan")
        try File.write(open.raw, SmallPlan.image(AuditSettings()).span)
        try process.order(.prepare(generation: 1, isServed: false), [open.raw])
        try process.expect(.refused(generation: 1, text: "the plan can still be changed"))
        let junk: [UInt8] = [1, 2, 3]
        let wrong = try MemoryFile.sealed("plan", junk.span)
        try process.order(.prepare(generation: 2, isServed: false), [wrong.raw])
        guard case .refused(2, _) = try process.report() else {
            Issue.record("the plan was not refused")
            return
        }
    }
}
