/// What the `Connection` fields of a message say.
struct ConnectionOptions: OptionSet, BitwiseCopyable {
    let rawValue: UInt8

    static var close: Self { Self(rawValue: 1) }
    static var keepAlive: Self { Self(rawValue: 2) }
    static var upgrade: Self { Self(rawValue: 4) }
    /// An option is not a token.
    static var malformed: Self { Self(rawValue: 8) }
    /// An option names a field that must reach the other end.
    static var nominatesEssential: Self { Self(rawValue: 16) }
    /// There are more options than the limit.
    static var tooMany: Self { Self(rawValue: 32) }

    /// Whether the message is to be refused.
    var isInvalid: Bool { rawValue & 0b11_1000 != 0 }
}
