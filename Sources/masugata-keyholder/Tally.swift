internal import Wire

/// What is counted, in the order of `Counters.names(of: .keyholder)`.
struct Tally {
    var signaturesTLS13: UInt64 = 0
    var signaturesTLS12: UInt64 = 0
    var refusedKey: UInt64 = 0
    var refusedScheme: UInt64 = 0
    var refusedContent: UInt64 = 0
    var refusedRate: UInt64 = 0
    var refusedRetired: UInt64 = 0
    var failed: UInt64 = 0
    var ticketEpochs: UInt64 = 1
    var workersEnded: UInt64 = 0

    mutating func count(_ outcome: SigningOutcome, _ kind: SigningKind) {
        switch outcome {
        case .signed where kind == .certificateVerify: signaturesTLS13 += 1
        case .signed: signaturesTLS12 += 1
        case .badKey: refusedKey += 1
        case .badScheme: refusedScheme += 1
        case .badContent: refusedContent += 1
        case .rateExceeded: refusedRate += 1
        case .retired: refusedRetired += 1
        case .failed: failed += 1
        }
    }

    func values(keys: Int) -> [UInt64] {
        [
            UInt64(keys), signaturesTLS13, signaturesTLS12, refusedKey, refusedScheme, refusedContent, refusedRate,
            refusedRetired, failed, ticketEpochs, workersEnded,
        ]
    }
}
