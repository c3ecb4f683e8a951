import Bytes
import Crypto
import Glibc
import KeyTestSupport
import Sys
import Wire

@testable import masugata_keyholder

/// The other end of a signing channel, in the test's hand: it answers when and as the test says.
final class StandInKeyHolder {
    let near: Int32
    private var far: Int32
    private var signer = Signer(limits: SigningLimits())
    private let worker = Worker(1, Channel(Descriptor(owning: -1)))

    struct Request {
        let head: SigningRequest
        let generation: UInt32
        let content: [UInt8]
    }

    init() throws {
        let pair = try Channel.pair()
        near = try pair.near.duplicate().release()
        far = try pair.far.duplicate().release()
    }

    deinit { hangUp() }

    /// Serves `NAME.key` as key 0 of generation 1.
    func load(_ name: String, in scratch: Scratch) throws {
        let text = try scratch.read("\(name).key")
        let key = HeldKey(name: name, versions: [.tls12, .tls13], key: try parse(text))
        _ = signer.keys.prepare(1, isServed: false)
        signer.keys.add(key, 0, to: 1)
        _ = signer.keys.complete(1)
        _ = signer.keys.commit(1)
    }

    private func parse(_ text: [UInt8]) throws(CryptoError) -> PrivateKey { try PrivateKey(pem: text.span) }

    /// Goes away.
    func hangUp() {
        if far >= 0 { close(far) }
        far = -1
    }

    /// What has been asked and not been taken yet.
    func requests() throws -> [Request] {
        var found: [Request] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { recv(far, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT)) }
            if count <= 0 { return found }
            try read(buffer.span.extracting(0..<count), into: &found)
        }
    }

    private func read(_ message: Span<UInt8>, into found: inout [Request]) throws {
        var reader = MessageReader(message)
        let (generation, count) = try SigningRequest.readHead(&reader)
        for _ in 0..<count {
            let head = try SigningRequest(reading: &reader)
            let content = try reader.run(Int(head.contentCount))
            var copy: [UInt8] = []
            for index in content.indices { copy.append(content[index]) }
            found.append(Request(head: head, generation: generation, content: copy))
        }
        try reader.end()
    }

    /// Signs as the key-holder would.
    func sign(_ request: Request) {
        var signature = [UInt8](repeating: 0, count: 512)
        var span = signature.mutableSpan
        let (outcome, count) = signer.sign(
            request.head, request.content.span, generation: request.generation, for: worker, now: 0, into: &span)
        answer(request.head.id, outcome, Array(signature.prefix(count)))
    }

    /// Answers with whatever the test wants.
    func answer(_ id: UInt64, _ outcome: SigningOutcome, _ signature: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: 1024)
        var writer = ByteWriter(bytes.mutableSpan)
        SigningAnswer.begin(&writer, count: 1)
        SigningAnswer(id: id, outcome: outcome, signatureCount: UInt16(signature.count)).write(to: &writer)
        writer.append(signature.span)
        let count = writer.count
        send(Array(bytes.prefix(count)))
    }

    /// Hands ticket keys over, each of one repeated byte, the newest first.
    func sendTicketKeys(_ bytes: [UInt8]) {
        var message = [UInt8](repeating: 0, count: 256)
        var writer = ByteWriter(message.mutableSpan)
        SigningReply.beginTicketKeys(&writer, epoch: 1, count: bytes.count)
        for byte in bytes { for _ in 0..<SigningReply.ticketKeySize { writer.append(byte) } }
        let count = writer.count
        send(Array(message.prefix(count)))
    }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(far, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
}
