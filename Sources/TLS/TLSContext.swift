internal import COpenSSL
internal import CTLS
public import Sys

/// The certificates and rules of one generation of the plan, ready to serve. Connections that were begun with it keep
/// what they need of it, so it may go before they do.
@safe
public struct TLSContext: ~Copyable {
    let context: OpaquePointer

    /// The generation of the plan whose keys are asked for.
    public let generation: UInt32

    /// What the operator should know: certificates that expire soon, names that cannot be served.
    public let notices: [String]

    /// Builds and checks everything.
    /// - Parameters:
    ///   - listeners: for each listener its profiles' numbers, none where it has no TLS. Names are looked up in all of
    ///     them, in order; for unknown names the first one decides.
    ///   - now: seconds since 1970-01-01T00:00:00Z.
    ///   - refusesDates: whether a certificate that is not valid at `now` is a problem; else it is only noticed.
    /// - Throws: every problem that was found.
    public init(
        generation: UInt32, profiles: [TLSProfile], listeners: [[Int]], now: Int64 = Int64(Clock.wall() / 1_000_000),
        refusesDates: Bool = true
    ) throws(TLSConfigurationError) {
        guard masugata_tls_initialize(), let context = unsafe masugata_tls_context_new(generation) else {
            throw TLSConfigurationError(["OpenSSL cannot be initialised: \(TLSContext.libraryReason())"])
        }
        var builder = unsafe TLSContextBuilder(context: context, now: now, refusesDates: refusesDates)
        builder.build(profiles, listeners)
        if !builder.problems.isEmpty {
            unsafe masugata_tls_context_release(context)
            throw TLSConfigurationError(builder.problems)
        }
        unsafe self.context = context
        self.generation = generation
        notices = builder.notices
    }

    deinit { unsafe masugata_tls_context_release(context) }

    /// Connections that were begun with it and have not ended.
    public var connectionCount: Int { Int(unsafe masugata_tls_context_connections(context)) }

    /// The reason of OpenSSL's last error.
    static func libraryReason() -> String { TLSFailure.text(of: ERR_peek_last_error()) }
}
