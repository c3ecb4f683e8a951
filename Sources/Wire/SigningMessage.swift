public import Bytes

/// The signing channel: a worker asks the key-holder for signatures that only a TLS server handshake can use.
///
/// There is no message that asks to decrypt, to sign a digest or to act as a client. The key-holder builds what is
/// signed under TLS 1.3 itself (RFC 8446 section 4.4.3) and reads what is signed under TLS 1.2 (RFC 5246 section
/// 7.4.3, RFC 8422 section 5.4) before it does.
public enum SigningFormat {
    public static let requestMagic: UInt16 = 0x4d53
    public static let answerMagic: UInt16 = 0x4d73
    /// Pushed by the key-holder at attach and at each new epoch, never asked for.
    public static let ticketMagic: UInt16 = 0x4d54
    /// Raised with every change of the messages.
    public static let format: UInt8 = 1
    /// The most entries in one message.
    public static let batchLimit = 64
    /// The longest content of one request: two randoms and the parameters of a P-384 key exchange.
    public static let contentLimit = 192
    /// The longest signature: RSA-4096.
    public static let signatureLimit = 512
    /// The longest message, bytes.
    public static let messageLimit = 65_536
}

/// What kind of thing is to be signed.
public enum SigningKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// TLS 1.3 CertificateVerify; the content is the transcript hash, 32 or 48 bytes.
    case certificateVerify = 1
    /// TLS 1.2 ServerKeyExchange; the content is both randoms and the ECDHE parameters.
    case serverKeyExchange = 2
}

/// The head of one request for a signature; its content follows, `contentCount` bytes.
public struct SigningRequest: BitwiseCopyable, Equatable, Sendable {
    /// The worker's name for the request; unique as long as it is open.
    public var id: UInt64
    public var kind: SigningKind
    /// The key's number in the generation.
    public var key: UInt16
    /// The TLS SignatureScheme (RFC 8446 section 4.2.3).
    public var scheme: UInt16
    public var contentCount: UInt16

    public init(id: UInt64, kind: SigningKind, key: UInt16, scheme: UInt16, contentCount: UInt16) {
        self.id = id
        self.kind = kind
        self.key = key
        self.scheme = scheme
        self.contentCount = contentCount
    }

    /// Begins a message of `count` requests for keys of `generation`.
    public static func begin(_ writer: inout ByteWriter, generation: UInt32, count: Int) {
        writer.append(littleEndian: SigningFormat.requestMagic)
        writer.append(SigningFormat.format)
        writer.append(UInt8(truncatingIfNeeded: count))
        writer.append(littleEndian: generation)
    }

    /// Appends this head; the caller appends the content.
    public func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: id)
        writer.append(kind.rawValue)
        writer.append(littleEndian: key)
        writer.append(littleEndian: scheme)
        writer.append(littleEndian: contentCount)
    }

    /// Reads the head of a message: the generation and how many requests follow.
    public static func readHead(_ reader: inout MessageReader) throws(WireViolation) -> (generation: UInt32, count: Int)
    {
        if try reader.uint16() != SigningFormat.requestMagic { throw .header }
        if try reader.byte() != SigningFormat.format { throw .header }
        let count = Int(try reader.byte())
        if count == 0 || count > SigningFormat.batchLimit { throw .value }
        return (try reader.uint32(), count)
    }

    /// Reads the next head; its content is next in `reader`.
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        id = try reader.uint64()
        guard let kind = SigningKind(rawValue: try reader.byte()) else { throw .kind }
        self.kind = kind
        key = try reader.uint16()
        scheme = try reader.uint16()
        contentCount = try reader.uint16()
        if Int(contentCount) > SigningFormat.contentLimit { throw .value }
    }
}

/// How a request for a signature came out.
public enum SigningOutcome: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case signed = 0
    /// No such key in that generation.
    case badKey = 1
    /// The scheme does not go with the key, or not with the TLS version.
    case badScheme = 2
    /// What was to be signed is not what a TLS server signs.
    case badContent = 3
    /// More signatures than the worker may have in this time.
    case rateExceeded = 4
    /// The library failed.
    case failed = 5
    /// The generation has been retired.
    case retired = 6
}

/// The answer to one request; the signature follows, `signatureCount` bytes, none unless it was signed.
public struct SigningAnswer: BitwiseCopyable, Equatable, Sendable {
    /// The request's.
    public var id: UInt64
    public var outcome: SigningOutcome
    public var signatureCount: UInt16

    public init(id: UInt64, outcome: SigningOutcome, signatureCount: UInt16) {
        self.id = id
        self.outcome = outcome
        self.signatureCount = signatureCount
    }

    /// Begins a message of `count` answers.
    @_lifetime(writer: copy writer)
    public static func begin(_ writer: inout ByteWriter, count: Int) {
        writer.append(littleEndian: SigningFormat.answerMagic)
        writer.append(SigningFormat.format)
        writer.append(UInt8(truncatingIfNeeded: count))
    }

    /// Appends this head; the caller appends the signature.
    @_lifetime(writer: copy writer)
    public func write(to writer: inout ByteWriter) {
        writer.append(littleEndian: id)
        writer.append(outcome.rawValue)
        writer.append(littleEndian: signatureCount)
    }

    /// Reads the next head; its signature is next in `reader`.
    @_lifetime(reader: copy reader)
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        id = try reader.uint64()
        guard let outcome = SigningOutcome(rawValue: try reader.byte()) else { throw .kind }
        self.outcome = outcome
        signatureCount = try reader.uint16()
        if Int(signatureCount) > SigningFormat.signatureLimit { throw .value }
        if (outcome == .signed) != (signatureCount > 0) { throw .value }
    }
}

/// What the key-holder sends to a worker.
public enum SigningReply: Equatable, Sendable {
    /// So many ``SigningAnswer`` follow.
    case answers(count: Int)
    /// So many ticket keys follow, the newest first, each ``ticketKeySize`` bytes. They replace all earlier ones.
    case ticketKeys(epoch: UInt64, count: Int)

    /// The bytes of one ticket key: its name (16), an AES-256 key (32) and an HMAC-SHA-256 key (32).
    public static let ticketKeySize = 80

    /// The most ticket keys in one message: the current epoch's and the previous one's.
    public static let ticketKeyLimit = 2

    /// Begins a message of `count` ticket keys; the caller appends them.
    @_lifetime(writer: copy writer)
    public static func beginTicketKeys(_ writer: inout ByteWriter, epoch: UInt64, count: Int) {
        writer.append(littleEndian: SigningFormat.ticketMagic)
        writer.append(SigningFormat.format)
        writer.append(UInt8(truncatingIfNeeded: count))
        writer.append(littleEndian: epoch)
    }

    /// Reads the head of a message.
    @_lifetime(reader: copy reader)
    public init(reading reader: inout MessageReader) throws(WireViolation) {
        let magic = try reader.uint16()
        if try reader.byte() != SigningFormat.format { throw .header }
        let count = Int(try reader.byte())
        switch magic {
        case SigningFormat.answerMagic:
            if count == 0 || count > SigningFormat.batchLimit { throw .value }
            self = .answers(count: count)
        case SigningFormat.ticketMagic:
            if count == 0 || count > SigningReply.ticketKeyLimit { throw .value }
            self = .ticketKeys(epoch: try reader.uint64(), count: count)
        default: throw .header
        }
    }
}
