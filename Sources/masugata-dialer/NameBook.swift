internal import Sandbox
internal import Sys

/// The names of all plans in use, and which of them is being resolved.
struct NameBook: ~Copyable {
    private let channel: Channel
    private var names: [String: ResolvedName] = [:]
    private var asked: ResolvedName?

    /// Takes the channel to the resolver.
    init(_ channel: consuming Channel) { self.channel = channel }

    /// Tells the resolver who it is to be, before it is asked for anything.
    func introduce(_ identity: Identity) throws(Errno) { try Resolver.introduce(identity, to: channel) }

    /// The entry for a host, made when there is none.
    mutating func name(_ host: String) -> ResolvedName {
        if let name = names[host] { return name }
        let name = ResolvedName(host)
        names[host] = name
        return name
    }

    /// Forgets names that no plan uses.
    mutating func keep(_ hosts: Set<String>) { names = names.filter { hosts.contains($0.key) } }

    /// When the next name is to be resolved again; nil while one is being resolved, or when there is none.
    var due: UInt64? { asked == nil ? names.values.lazy.map(\.due).min() : nil }

    /// Asks for the name that has been due for longest, unless an answer is still to come.
    mutating func ask(_ now: UInt64) throws(Errno) {
        guard asked == nil, let name = names.values.min(by: { $0.due < $1.due }), name.due <= now else { return }
        try channel.send(ResolverMessage.question(name.host).span)
        asked = name
    }

    /// Receives an answer, if one has come.
    mutating func receive(_ now: UInt64) -> Answer {
        var buffer = [UInt8](repeating: 0, count: ResolverMessage.limit)
        var span = buffer.mutableSpan
        switch Channel.receivePlain(channel.raw, into: &span) {
        case .nothing: return .none
        case .ended, .oversized: return .ended
        case .message(let count):
            guard let name = asked.take(),
                let addresses = try? ResolverMessage.addresses(buffer.span.extracting(0..<count))
            else { return .ended }
            name.answered(addresses, now)
            return addresses.isEmpty ? .unresolved : .resolved
        }
    }

    /// What came from the resolver.
    enum Answer {
        case none, resolved, unresolved
        /// The resolver is gone, or says what it should not.
        case ended
    }
}
