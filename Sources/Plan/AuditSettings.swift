/// An `audit` block: what is logged, and where.
public struct AuditSettings: Equatable, Sendable {
    /// What is done when a record cannot be written.
    public enum OnFull: UInt8, BitwiseCopyable, Sendable {
        /// Requests whose record must be written are refused.
        case deny = 1

        /// The record is dropped and counted.
        case drop = 2
    }

    /// The access log, in combined format.
    public enum AccessLog: Equatable, Sendable {
        /// None is written.
        case off

        /// It is written to `access.log` in the state folder.
        case standard

        /// It is written to this file.
        case file(String)
    }

    /// The folder of the audit log, as written in the policy; nil means `audit` in the state folder.
    public var directory: String?

    /// The access log.
    public var accessLog: AccessLog

    /// The kinds of record whose loss ``onFull`` is about.
    public var must: RecordKinds

    /// What is done when a record of such a kind cannot be written.
    public var onFull: OnFull

    /// Bytes after which a segment is closed.
    public var segmentSize: UInt64

    /// Milliseconds after which a segment is closed.
    public var segmentAge: UInt64

    /// Milliseconds after which a closed segment is removed; nil means never.
    public var keep: UInt64?

    /// Audit settings of these parts.
    public init(
        directory: String? = nil, accessLog: AccessLog = .standard, must: RecordKinds = [.policy, .deny],
        onFull: OnFull = .drop, segmentSize: UInt64 = 64 << 20, segmentAge: UInt64 = 86_400_000, keep: UInt64? = nil
    ) {
        self.directory = directory
        self.accessLog = accessLog
        self.must = must
        self.onFull = onFull
        self.segmentSize = segmentSize
        self.segmentAge = segmentAge
        self.keep = keep
    }
}
