internal import Bytes
internal import Crypto
internal import Wire

/// Decides about each request for a signature, and makes those that may be.
struct Signer {
    let limits: SigningLimits
    var keys = KeyTable()
    var tally = Tally()

    init(limits: SigningLimits) { self.limits = limits }

    /// Signs `content` for `worker` into `target`. Answers how it came out and how long the signature is.
    mutating func sign(
        _ request: SigningRequest, _ content: Span<UInt8>, generation: UInt32, for worker: Worker, now: UInt64,
        into target: inout MutableSpan<UInt8>
    ) -> (outcome: SigningOutcome, count: Int) {
        var count = 0
        let outcome = attempt(request, content, generation, worker, now, &target, &count)
        tally.count(outcome, request.kind)
        return (outcome, outcome == .signed ? count : 0)
    }

    /// Whether no honest worker ever gets this answer.
    static func isViolation(_ outcome: SigningOutcome) -> Bool {
        switch outcome {
        case .badKey, .badScheme, .badContent: true
        case .signed, .rateExceeded, .failed, .retired: false
        }
    }

    private func attempt(
        _ request: SigningRequest, _ content: Span<UInt8>, _ generation: UInt32, _ worker: Worker, _ now: UInt64,
        _ target: inout MutableSpan<UInt8>, _ count: inout Int
    ) -> SigningOutcome {
        let held: HeldKey
        switch keys.find(generation, request.key) {
        case .key(let found): held = found
        case .retired: return .retired
        case .none: return .badKey
        }
        guard SchemePolicy.allows(request.kind, held.versions),
            let scheme = SchemePolicy.scheme(request.scheme, request.kind, held.key.kind)
        else { return .badScheme }
        let isContent =
            switch request.kind {
            case .certificateVerify: HandshakeContent.isTranscriptHash(content)
            case .serverKeyExchange:
                HandshakeContent.isServerKeyExchange(content, offersTLS13: held.versions.contains(.tls13))
            }
        if !isContent { return .badContent }
        if !worker.mayHave(generation, request.key, limits, now: now) { return .rateExceeded }
        do throws(CryptoError) {
            count = try Signer.sign(request.kind, scheme, content, with: held, into: &target)
            return .signed
        } catch {
            return .failed
        }
    }

    private static func sign(
        _ kind: SigningKind, _ scheme: SignatureScheme, _ content: Span<UInt8>, with held: HeldKey,
        into target: inout MutableSpan<UInt8>
    ) throws(CryptoError) -> Int {
        if kind == .serverKeyExchange { return try held.key.sign(scheme, content, into: &target) }
        var built = InlineArray<146, UInt8>(repeating: 0)
        var writer = ByteWriter(built.mutableSpan)
        HandshakeContent.writeCertificateVerify(content, to: &writer)
        let length = writer.count
        return try held.key.sign(scheme, built.span.extracting(0..<length), into: &target)
    }
}
