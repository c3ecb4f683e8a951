import Bytes
import Glibc
import Sys
import Wire

@testable import masugata_logd

/// A worker's end of a ring, as the proxy has it.
final class Worker {
    let number: UInt16
    let memory: Descriptor
    let wakeUp: Descriptor
    var ring: SharedRing

    init(_ number: UInt16 = 0) throws {
        self.number = number
        memory = try SharedRing.create(capacity: RequestRecord.ringCapacity)
        wakeUp = try WakeUp.create()
        ring = try SharedRing(mapping: memory.raw, capacity: RequestRecord.ringCapacity)
    }

    /// Takes the place of `other`, which is dead, as a proxy that is started again does.
    private init(after other: Worker) throws {
        number = other.number
        memory = try other.memory.duplicate()
        wakeUp = try other.wakeUp.duplicate()
        ring = try SharedRing(mapping: memory.raw, capacity: RequestRecord.ringCapacity)
        ring.adoptPrepared()
    }

    /// The worker that comes after this one was killed.
    func successor() throws -> Worker { try Worker(after: self) }

    /// The log writer's end.
    func logWriterEnd() throws -> WorkerRing {
        try WorkerRing(worker: number, memory: memory.duplicate(), wakeUp: wakeUp.duplicate())
    }

    /// Finishes a request.
    @discardableResult
    func finish(id: UInt64, path: String = "/", allowed: Bool = true) -> Bool {
        finish(bytes: Worker.record(id: id, path: path, allowed: allowed))
    }

    /// Is about to send the end of a response.
    func prepare(id: UInt64) -> Bool { ring.prepare(Worker.record(id: id, path: "/").span) }

    /// Puts any bytes where a record should be.
    @discardableResult
    func finish(bytes: [UInt8]) -> Bool { ring.append(bytes.span) }

    static let time: UInt64 = 1_795_456_800_123_456

    /// A record as a worker writes it.
    static func record(id: UInt64, path: String, allowed: Bool = true) -> [UInt8] {
        var record = RequestRecord()
        record.time = time
        record.duration = 1_234
        record.id = id
        record.client = SocketAddress.ipv4(203, 0, 113, 9, port: 0).bytes
        record.status = allowed ? 200 : 403
        record.bytesIn = 100
        record.bytesOut = 5_000
        record.allowed = allowed
        record.tls = 13
        let texts = [
            "wiki.example.org", "/*", "GET", "wiki.example.org", path, "q=1", "curl/8", "", "10.20.0.11:8080",
            allowed ? "" : "route.from", allowed ? "" : "seen,seen-too",
        ]
        var bytes = [UInt8](repeating: 0, count: RequestRecord.sizeLimit)
        var writer = ByteWriter(bytes.mutableSpan)
        record.write(to: &writer)
        for text in texts { writer.append(counted: Array(text.utf8).span, limit: RequestRecord.textLimit) }
        let rules: [UInt32] = allowed ? [] : [942_100, 949_110]
        writer.append(littleEndian: UInt16(rules.count))
        for rule in rules { writer.append(littleEndian: rule) }
        let count = writer.count
        return Array(bytes[..<count])
    }
}
