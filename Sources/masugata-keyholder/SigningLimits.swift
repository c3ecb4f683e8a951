/// What the key-holder allows, each with its default.
struct SigningLimits {
    /// Signatures a second that one worker may have of one key.
    var rate: UInt64 = 20_000
    /// Signatures that it may have at once, above the rate.
    var burst: UInt64 = 40_000
    /// The longest private key file, bytes.
    var keyFile = 65_536
    /// The longest certificate chain file, bytes.
    var chainFile = 1_048_576
    /// The largest RSA key, bits: its signatures are the longest that the channel carries.
    var rsaBits = 4096
    /// Days before a certificate's expiry from which the operator is told.
    var expiryNoticeDays: Int64 = 14
    /// How long session ticket keys are current, microseconds. They are good for one epoch more.
    var ticketEpoch: UInt64 = 3_600_000_000
    /// Messages kept for a worker that does not read them; above it, its channel is ended.
    var unreadMessages = 256
}
