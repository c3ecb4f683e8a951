extension ControlOrder {
    /// The message, numbered.
    public func encoded(sequence: UInt32) -> [UInt8] {
        var writer = ControlFormat.header(kind: kind, sequence: sequence)
        switch self {
        case .identity(let role, let worker, let incarnation, let userNamespace, let uid, let gid):
            writer.byte(role.rawValue)
            writer.uint16(worker)
            writer.uint64(incarnation)
            writer.byte(userNamespace ? 1 : 0)
            writer.uint32(uid)
            writer.uint32(gid)
        case .attach(let purpose, let peer), .detach(let purpose, let peer):
            writer.byte(purpose.rawValue)
            writer.uint16(peer)
        case .certificate(let generation, let key, let versions, let name):
            writer.uint32(generation)
            writer.uint16(key)
            writer.byte(versions)
            writer.text(name)
        case .listener(let generation, let listener):
            writer.uint32(generation)
            writer.uint16(listener)
        case .folder(let generation, let which):
            writer.uint32(generation)
            writer.byte(which)
        case .prepare(let generation, let isServed):
            writer.uint32(generation)
            writer.byte(isServed ? 1 : 0)
        case .complete(let number), .commit(let number), .abandon(let number),
            .retire(let number), .drain(let number), .ping(let number), .counters(let number):
            writer.uint32(number)
        case .event(let kind, let text, let time):
            writer.text(kind)
            writer.text(text, limit: 16_384)
            writer.uint64(time)
        }
        return writer.bytes
    }

    /// Reads a message and checks that it is number `sequence`.
    public init(decoding bytes: Span<UInt8>, sequence: UInt32) throws(WireViolation) {
        var reader = MessageReader(bytes)
        switch try ControlFormat.kind(&reader, sequence: sequence) {
        case 1:
            guard let role = Role(rawValue: try reader.byte()) else { throw .value }
            self = .identity(
                role: role, worker: try reader.uint16(), incarnation: try reader.uint64(),
                userNamespace: try reader.byte() != 0, uid: try reader.uint32(), gid: try reader.uint32())
        case 2:
            let (purpose, peer) = try ControlFormat.purposeAndPeer(&reader)
            self = .attach(purpose: purpose, peer: peer)
        case 3:
            let (purpose, peer) = try ControlFormat.purposeAndPeer(&reader)
            self = .detach(purpose: purpose, peer: peer)
        case 4: self = .prepare(generation: try reader.uint32(), isServed: try reader.byte() != 0)
        case 5:
            self = .certificate(
                generation: try reader.uint32(), key: try reader.uint16(), versions: try reader.byte(),
                name: try reader.text(limit: 4096))
        case 6: self = .listener(generation: try reader.uint32(), listener: try reader.uint16())
        case 7: self = .folder(generation: try reader.uint32(), which: try reader.byte())
        case 8: self = .complete(generation: try reader.uint32())
        case 9: self = .commit(generation: try reader.uint32())
        case 10: self = .abandon(generation: try reader.uint32())
        case 11: self = .retire(generation: try reader.uint32())
        case 12: self = .drain(milliseconds: try reader.uint32())
        case 13: self = .ping(number: try reader.uint32())
        case 14: self = .counters(number: try reader.uint32())
        case 15:
            self = .event(
                kind: try reader.text(limit: 4096), text: try reader.text(limit: 16_384), time: try reader.uint64())
        default: throw .kind
        }
        try reader.end()
    }

    private var kind: UInt8 {
        switch self {
        case .identity: 1
        case .attach: 2
        case .detach: 3
        case .prepare: 4
        case .certificate: 5
        case .listener: 6
        case .folder: 7
        case .complete: 8
        case .commit: 9
        case .abandon: 10
        case .retire: 11
        case .drain: 12
        case .ping: 13
        case .counters: 14
        case .event: 15
        }
    }
}

extension ControlReport {
    /// The message, numbered.
    public func encoded(sequence: UInt32) -> [UInt8] {
        var writer = ControlFormat.header(kind: kind, sequence: sequence)
        switch self {
        case .confined(let landlock, let filters, let memoryLocked, let secretMemory, let missing):
            writer.byte(landlock)
            writer.byte(filters)
            writer.byte(memoryLocked ? 1 : 0)
            writer.byte(secretMemory ? 1 : 0)
            writer.text(missing)
        case .prepared(let number), .committed(let number), .released(let number), .alive(let number):
            writer.uint32(number)
        case .refused(let generation, let text):
            writer.uint32(generation)
            writer.text(text, limit: 16_384)
        case .drained: break
        case .counters(let number, let values):
            writer.uint32(number)
            writer.byte(UInt8(truncatingIfNeeded: min(values.count, 255)))
            for value in values.prefix(255) { writer.uint64(value) }
        case .violation(let peer, let purpose, let text):
            writer.uint16(peer)
            writer.byte(purpose.rawValue)
            writer.text(text)
        case .notice(let text): writer.text(text, limit: 16_384)
        }
        return writer.bytes
    }

    /// Reads a message and checks that it is number `sequence`.
    public init(decoding bytes: Span<UInt8>, sequence: UInt32) throws(WireViolation) {
        var reader = MessageReader(bytes)
        switch try ControlFormat.kind(&reader, sequence: sequence) {
        case 1:
            self = .confined(
                landlock: try reader.byte(), filters: try reader.byte(), memoryLocked: try reader.byte() != 0,
                secretMemory: try reader.byte() != 0, missing: try reader.text(limit: 4096))
        case 2: self = .prepared(generation: try reader.uint32())
        case 3: self = .refused(generation: try reader.uint32(), text: try reader.text(limit: 16_384))
        case 4: self = .committed(generation: try reader.uint32())
        case 5: self = .released(generation: try reader.uint32())
        case 6: self = .drained
        case 7: self = .alive(number: try reader.uint32())
        case 8:
            let number = try reader.uint32()
            var values: [UInt64] = []
            for _ in 0..<(try reader.byte()) { values.append(try reader.uint64()) }
            self = .counters(number: number, values: values)
        case 9:
            let peer = try reader.uint16()
            guard let purpose = ChannelPurpose(rawValue: try reader.byte()) else { throw .value }
            self = .violation(peer: peer, purpose: purpose, text: try reader.text(limit: 4096))
        case 10: self = .notice(text: try reader.text(limit: 16_384))
        default: throw .kind
        }
        try reader.end()
    }

    private var kind: UInt8 {
        switch self {
        case .confined: 1
        case .prepared: 2
        case .refused: 3
        case .committed: 4
        case .released: 5
        case .drained: 6
        case .alive: 7
        case .counters: 8
        case .violation: 9
        case .notice: 10
        }
    }
}

extension ControlFormat {
    static func header(kind: UInt8, sequence: UInt32) -> MessageWriter {
        var writer = MessageWriter()
        writer.uint16(magic)
        writer.byte(format)
        writer.byte(kind)
        writer.uint32(sequence)
        return writer
    }

    static func kind(_ reader: inout MessageReader, sequence: UInt32) throws(WireViolation) -> UInt8 {
        if try reader.uint16() != magic { throw .header }
        if try reader.byte() != format { throw .header }
        let kind = try reader.byte()
        if try reader.uint32() != sequence { throw .state }
        return kind
    }

    static func purposeAndPeer(_ reader: inout MessageReader) throws(WireViolation) -> (ChannelPurpose, UInt16) {
        guard let purpose = ChannelPurpose(rawValue: try reader.byte()) else { throw .value }
        return (purpose, try reader.uint16())
    }
}
