/// The files channel: the compiler asks the supervisor for what a policy names, the supervisor hands a descriptor over.
///
/// One request, one answer. Messages are numbered by their sender from 1 without a gap.
public enum FileFormat {
    public static let requestMagic: UInt16 = 0x4d46
    public static let answerMagic: UInt16 = 0x4d66
    /// Raised with every change of the messages.
    public static let format: UInt8 = 1
    /// The longest name of a file, bytes.
    public static let nameLimit = 4_096
    /// The longest text of a refusal, bytes.
    public static let textLimit = 8_192
    /// The longest message, bytes.
    public static let messageLimit = 16 + 2 * (2 + textLimit)
    /// The most bytes that a file may have.
    public static let contentLimit = 16 << 20
}

/// What the compiler asks of the supervisor. Names are as the policy writes them, and have no control characters.
public enum FileRequest: Equatable, Sendable {
    /// The file `name`, if it has at most `limit` bytes.
    case file(name: String, limit: Int)
    /// The names of the files that match `pattern`.
    case names(pattern: String)
}

/// What the supervisor answers.
public enum FileAnswer: Equatable, Sendable {
    /// A descriptor comes with this message: of the file, or of a sealed memory file with one name on each line.
    case opened
    /// It is not handed out: why, as it stands behind the name, and what to do about it, if that is known.
    case refused(message: String, hint: String?)
}

extension FileRequest {
    /// The message, numbered.
    public func encoded(sequence: UInt32) -> [UInt8] {
        switch self {
        case .file(let name, let limit):
            var writer = FileFormat.header(FileFormat.requestMagic, kind: 1, sequence: sequence)
            writer.uint32(UInt32(clamping: limit))
            writer.text(name, limit: FileFormat.nameLimit)
            return writer.bytes
        case .names(let pattern):
            var writer = FileFormat.header(FileFormat.requestMagic, kind: 2, sequence: sequence)
            writer.text(pattern, limit: FileFormat.nameLimit)
            return writer.bytes
        }
    }

    /// Reads a message and checks that it is number `sequence`.
    public init(decoding bytes: Span<UInt8>, sequence: UInt32) throws(WireViolation) {
        var reader = MessageReader(bytes)
        switch try FileFormat.kind(&reader, FileFormat.requestMagic, sequence: sequence) {
        case 1:
            let limit = Int(try reader.uint32())
            if limit > FileFormat.contentLimit { throw .value }
            self = .file(name: try FileFormat.name(&reader), limit: limit)
        case 2: self = .names(pattern: try FileFormat.name(&reader))
        default: throw .kind
        }
        try reader.end()
    }
}

extension FileAnswer {
    /// The message, numbered.
    public func encoded(sequence: UInt32) -> [UInt8] {
        switch self {
        case .opened: return FileFormat.header(FileFormat.answerMagic, kind: 1, sequence: sequence).bytes
        case .refused(let message, let hint):
            var writer = FileFormat.header(FileFormat.answerMagic, kind: 2, sequence: sequence)
            writer.text(message, limit: FileFormat.textLimit)
            writer.text(hint ?? "", limit: FileFormat.textLimit)
            return writer.bytes
        }
    }

    /// Reads a message and checks that it is number `sequence`.
    public init(decoding bytes: Span<UInt8>, sequence: UInt32) throws(WireViolation) {
        var reader = MessageReader(bytes)
        switch try FileFormat.kind(&reader, FileFormat.answerMagic, sequence: sequence) {
        case 1: self = .opened
        case 2:
            let message = try reader.text(limit: FileFormat.textLimit)
            let hint = try reader.text(limit: FileFormat.textLimit)
            self = .refused(message: message, hint: hint.isEmpty ? nil : hint)
        default: throw .kind
        }
        try reader.end()
    }
}

extension FileFormat {
    fileprivate static func header(_ magic: UInt16, kind: UInt8, sequence: UInt32) -> MessageWriter {
        var writer = MessageWriter()
        writer.uint16(magic)
        writer.byte(format)
        writer.byte(kind)
        writer.uint32(sequence)
        return writer
    }

    fileprivate static func kind(
        _ reader: inout MessageReader, _ magic: UInt16, sequence: UInt32
    ) throws(WireViolation) -> UInt8 {
        if try reader.uint16() != magic { throw .header }
        if try reader.byte() != format { throw .header }
        let kind = try reader.byte()
        if try reader.uint32() != sequence { throw .state }
        return kind
    }

    fileprivate static func name(_ reader: inout MessageReader) throws(WireViolation) -> String {
        let name = try reader.text(limit: nameLimit)
        if name.isEmpty || name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { throw .value }
        return name
    }
}
