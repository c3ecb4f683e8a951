public import Bytes
public import HTTP1
public import HTTPModel

/// The request as it is passed on.
extension ActionTable {
    /// Makes the path of a request of `scope` for its upstream: it is in `memory` then.
    ///
    /// What comes of a change is checked as if it had been received: it is canonical, or the request is refused.
    /// - Throws: the reason why it is refused.
    public func rewritePath(
        of head: borrowing RequestHead, _ scope: Int, rules: TargetRules, using memory: inout ActionMemory
    ) throws(Reason) {
        let number = scopes[scope].path
        if number < 0 || head.form == .asterisk {
            memory.canonical.count = ActionTable.copy(head.path, to: memory.canonical.room)
            return
        }
        memory.rewritten.count = rewrite(head.path, Int(number), to: memory.rewritten.room)
        try ActionTable.canonicalise(memory.rewritten, rules, to: &memory.canonical)
        if !ASCII.equal(memory.canonical.bytes, memory.rewritten.bytes) { throw .requestTarget }
    }

    private static func copy(_ path: Span<UInt8>, to room: consuming MutableSpan<UInt8>) -> Int {
        var writer = ByteWriter(room)
        writer.append(path)
        return writer.count
    }

    private func rewrite(_ path: Span<UInt8>, _ number: Int, to room: consuming MutableSpan<UInt8>) -> Int {
        var writer = ByteWriter(room)
        paths.write(path, number, to: &writer)
        return writer.count
    }

    private static func canonicalise(
        _ path: borrowing ActionText, _ rules: TargetRules, to canonical: inout ActionText
    ) throws(Reason) {
        canonical.count = try CanonicalPath.write(path.bytes, rules: rules, to: canonical.room)
    }

    /// Writes the head of a request of `scope` for its upstream, with the path that ``rewritePath(of:_:rules:using:)``
    /// made; see `RequestSerializer` for the rest.
    @_lifetime(writer: copy writer)
    public func writeRequest(
        _ head: borrowing RequestHead, _ scope: Int, forwarding forwarded: borrowing ForwardedFields, upgrades: Bool,
        path memory: borrowing ActionMemory, to writer: inout ByteWriter
    ) {
        RequestSerializer.write(
            head, forwarding: forwarded, framing: head.framing, upgrades: upgrades, path: memory.path,
            changing: edits, requestEdits(scope), to: &writer)
    }
}
