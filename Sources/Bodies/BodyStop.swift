/// Why a processor goes no further.
enum BodyStop: Error {
    case malformed(BodyFault)
    case limited(BodyLimit)

    var outcome: BodyOutcome {
        switch self {
        case .malformed(let fault): .malformed(fault)
        case .limited(let limit): .limited(limit)
        }
    }
}
