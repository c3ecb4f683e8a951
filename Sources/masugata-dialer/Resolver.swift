internal import Bytes
internal import Sandbox
internal import Sys
internal import Wire

/// The child process that resolves names, so that the dialer never waits for a name server.
///
/// It is a copy of the dialer made before the sandbox, enters the same sandbox when the dialer says who they are, and
/// ends when the dialer does.
enum Resolver {
    /// Starts the child. Answers the dialer's end of the channel to it.
    static func start() throws(Errno) -> Channel {
        NameLookup.prepare()
        let pair = try Channel.pair()
        let near = pair.near.raw
        let far = pair.far.raw
        _ = try ChildProcess.fork {
            Socket.close(near)
            Socket.close(ControlPort.descriptor)
            return serve(far)
        }
        return Channel(try pair.near.duplicate())
    }

    /// Tells the child who it is to be.
    static func introduce(_ identity: Identity, to channel: borrowing Channel) throws(Errno) {
        var writer = MessageWriter()
        writer.byte(identity.userNamespace ? 1 : 0)
        writer.uint32(identity.user)
        writer.uint32(identity.group)
        try channel.send(writer.bytes.span)
    }

    /// The child's life. Answers its exit code.
    private static func serve(_ channel: Int32) -> Int32 {
        var buffer = [UInt8](repeating: 0, count: ResolverMessage.limit)
        do {
            var poller = try Poller(capacity: 1)
            try poller.add(readable: channel, token: 0)
            let own = Channel(Descriptor(owning: channel))
            guard let first = receive(channel, &poller, &buffer) else { return 0 }
            _ = try Sandbox.enter(.dialer, as: try identity(buffer.span.extracting(0..<first)))
            while let count = receive(channel, &poller, &buffer) {
                let host = try ResolverMessage.host(buffer.span.extracting(0..<count))
                let addresses = NameLookup.addresses(of: host, limit: DialerLimits.addressesOfOneName)
                try own.send(ResolverMessage.answer(addresses).span)
            }
            return 0
        } catch {
            StandardError.write("masugata-dialer: resolver: \(error)")
            return 1
        }
    }

    /// Waits for the next message; nil when the dialer is gone.
    private static func receive(_ channel: Int32, _ poller: inout Poller, _ buffer: inout [UInt8]) -> Int? {
        while true {
            var span = buffer.mutableSpan
            switch Channel.receivePlain(channel, into: &span) {
            case .message(let count): return count
            case .nothing: _ = poller.wait(milliseconds: -1)
            case .ended, .oversized: return nil
            }
        }
    }

    private static func identity(_ bytes: Span<UInt8>) throws(WireViolation) -> Identity {
        var reader = MessageReader(bytes)
        let userNamespace = try reader.byte() == 1
        return Identity(userNamespace: userNamespace, user: try reader.uint32(), group: try reader.uint32())
    }
}
