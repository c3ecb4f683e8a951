/// The control channel: the supervisor at one end, a process of any role at the other (descriptor 3 in it).
///
/// The supervisor sends a ``ControlOrder``, the process a ``ControlReport``. Each message is numbered by its sender
/// from 1 without a gap, so that none can be replayed, dropped or reordered unnoticed.
public enum ControlFormat {
    /// The first bytes of every message.
    public static let magic: UInt16 = 0x4d43
    /// Raised with every change to the messages; a process of another format is refused.
    public static let format: UInt8 = 2
    /// The longest message, bytes.
    public static let messageLimit = 32_768
}

/// What a worker's end of a shared thing is for.
public enum ChannelPurpose: UInt8, Sendable, CaseIterable {
    /// Signatures and ticket keys: the worker's, or the key-holder's end for worker `peer`.
    case signing = 1
    /// Connected descriptors: the worker's, or the dialer's end for worker `peer`.
    case dialing = 2
    /// Finished requests: a ring and its wake-up (two descriptors), for the worker, or for logd (`peer` names the worker).
    case records = 3
}

/// What the supervisor says to a process.
public enum ControlOrder: Equatable, Sendable {
    /// The first order: who you are. `worker` is the number of a proxy, else 0; `incarnation` differs each time a process is started.
    case identity(role: Role, worker: UInt16, incarnation: UInt64, userNamespace: Bool, uid: UInt32, gid: UInt32)
    /// One end of something shared comes with this message. Replaces an earlier one of the same purpose and peer.
    case attach(purpose: ChannelPurpose, peer: UInt16)
    /// The peer is gone: close what belongs to it.
    case detach(purpose: ChannelPurpose, peer: UInt16)
    /// A new generation begins: the compiled plan comes as a sealed memory file (not to the key-holder, which gets none).
    /// `isServed`: it is what the others serve already, and this process takes the place of one that died. What only the
    /// passing of time has made wrong since, such as a certificate that expired, is then no reason to refuse it.
    case prepare(generation: UInt32, isServed: Bool)
    /// A certificate chain (PEM) for the generation being prepared; to the key-holder its private key comes too (second descriptor).
    /// Keys are numbered from 0 through the plan: its TLS settings in order, the certificates of each in order.
    /// `versions`: bit 0 TLS 1.2 allowed, bit 1 TLS 1.3 allowed. `name` tells the files, for diagnostics.
    case certificate(generation: UInt32, key: UInt16, versions: UInt8, name: String)
    /// A listening socket for the generation being prepared, by its number in the plan (to proxies).
    case listener(generation: UInt32, listener: UInt16)
    /// A folder for the generation being prepared (to logd): the audit log's (0) or the access log's (1).
    case folder(generation: UInt32, which: UInt8)
    /// Everything for this generation has been sent: build it, check it, answer `prepared` or `refused`.
    case complete(generation: UInt32)
    /// Serve this generation from now on; answer `committed`.
    case commit(generation: UInt32)
    /// Forget the generation being prepared.
    case abandon(generation: UInt32)
    /// Forget this older generation: no one uses it any more (key-holder: erase its keys).
    case retire(generation: UInt32)
    /// Take nothing new, finish what is under way within `milliseconds`, answer `drained`, then exit 0.
    case drain(milliseconds: UInt32)
    /// Are you well? Answer `alive` with the same number.
    case ping(number: UInt32)
    /// Report the counters of your role.
    case counters(number: UInt32)
    /// Something for the audit log that no request caused (to logd): its name, such as `process.ended`, what happened in
    /// words, and when (microseconds since 1970).
    case event(kind: String, text: String, time: UInt64)
}

/// What a process says to the supervisor.
public enum ControlReport: Equatable, Sendable {
    /// In the sandbox and ready for orders. What the process did to itself, for `attest`.
    case confined(landlock: UInt8, filters: UInt8, memoryLocked: Bool, secretMemory: Bool, missing: String)
    /// The generation stands beside the old one.
    case prepared(generation: UInt32)
    /// The generation cannot be served: what is wrong, where, and what to do.
    case refused(generation: UInt32, text: String)
    /// The generation is served.
    case committed(generation: UInt32)
    /// No connection uses this older generation any more.
    case released(generation: UInt32)
    /// Everything that was under way is done.
    case drained
    /// The answer to `ping`.
    case alive(number: UInt32)
    /// The answer to `counters`, in the order of ``Counters/names(of:)``.
    case counters(number: UInt32, values: [UInt64])
    /// Worker `peer` broke the rules of a channel: end it. `text` says how.
    case violation(peer: UInt16, purpose: ChannelPurpose, text: String)
    /// A warning for the operator.
    case notice(text: String)
}
