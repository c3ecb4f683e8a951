import Sys
import Wire

/// What a process may say now: the permit table of its control channel.
///
/// | report | permitted when | how often |
/// |---|---|---|
/// | confined | it has its identity and is not confined | once |
/// | prepared, refused | `complete` was sent and not answered or taken back, the generation is that one | once |
/// | committed | `commit` was sent and not answered, the generation is that one | once |
/// | released | a proxy, the generation is older than the served one and was served | once |
/// | drained | `drain` was sent | once |
/// | alive | `ping` was sent and not answered, the number is that one | once |
/// | counters | `counters` was sent and not answered, the number is that one | once |
/// | violation | a helper, about the purpose that is its own | `violationLimit` a minute |
/// | notice | confined | `noticeLimit` a minute |
struct Conversation {
    let role: Role

    /// The generation that was asked for and not answered.
    private(set) var preparing: UInt32?
    /// The generation that stands beside the served one.
    private(set) var prepared: UInt32?
    /// The generation whose commit is not answered.
    private(set) var committing: UInt32?
    /// The generation that it serves.
    private(set) var serving: UInt32?
    /// Older generations that it may still use.
    private(set) var unreleased: Set<UInt32> = []
    private(set) var isConfined = false
    private(set) var isDraining = false
    private(set) var isDrained = false
    private(set) var ping: UInt32?
    private(set) var counters: UInt32?
    private var abandoned: Set<UInt32> = []
    private var window = Window()

    /// Violations that a helper may report in a minute.
    static let violationLimit = 1_000
    /// Notices that a process may send in a minute.
    static let noticeLimit = 6_000

    /// A report that is not permitted now.
    struct Breach: Error, Equatable {
        let text: String
    }

    init(role: Role) { self.role = role }

    /// Whether connections of the process may use `generation`.
    func uses(_ generation: UInt32) -> Bool { serving == generation || unreleased.contains(generation) }

    /// Notes what is sent to the process.
    mutating func note(_ order: ControlOrder) {
        switch order {
        case .complete(let generation): preparing = generation
        case .abandon(let generation):
            // An answer may cross the order on its way; it is let through once.
            if preparing == generation {
                preparing = nil
                abandoned.insert(generation)
            }
            if prepared == generation { prepared = nil }
        case .commit(let generation): committing = generation
        case .retire(let generation): unreleased.remove(generation)
        case .drain: isDraining = true
        case .ping(let number): ping = number
        case .counters(let number): counters = number
        default: break
        }
    }

    /// Checks and notes what the process says at `now` (microseconds).
    mutating func admit(_ report: ControlReport, at now: UInt64) throws(Breach) {
        if !isConfined, case .confined = report {
            isConfined = true
            return
        }
        guard isConfined else { throw Breach(text: "\(report.name) before confined") }
        switch report {
        case .confined: throw Breach(text: "confined twice")
        case .prepared(let generation): try answered(generation, prepared: true)
        case .refused(let generation, _): try answered(generation, prepared: false)
        case .committed(let generation): try committed(generation)
        case .released(let generation):
            guard role == .proxy, unreleased.remove(generation) != nil else {
                throw Breach(text: "released \(generation), which it did not hold")
            }
        case .drained:
            guard isDraining, !isDrained else { throw Breach(text: "drained without being told to") }
            isDrained = true
        case .alive(let number):
            guard ping == number else { throw Breach(text: "alive \(number) without that ping") }
            ping = nil
        case .counters(let number, let values):
            guard counters == number, values.count == Counters.names(of: role).count else {
                throw Breach(text: "counters that were not asked for, or not \(Counters.names(of: role).count) of them")
            }
            counters = nil
        case .violation(_, let purpose, _):
            guard purpose.helper == role else { throw Breach(text: "violation about a channel that is not its own") }
            try limit(window.violation(at: now), "violation")
        case .notice: try limit(window.notice(at: now), "notice")
        }
    }

    private mutating func answered(_ generation: UInt32, prepared isPrepared: Bool) throws(Breach) {
        if abandoned.remove(generation) != nil { return }
        guard preparing == generation else {
            throw Breach(text: "an answer about generation \(generation), not asked for")
        }
        preparing = nil
        if isPrepared { prepared = generation }
    }

    private mutating func committed(_ generation: UInt32) throws(Breach) {
        guard committing == generation else { throw Breach(text: "committed \(generation) without being told to") }
        committing = nil
        prepared = nil
        if let serving { unreleased.insert(serving) }
        serving = generation
    }

    private func limit(_ isWithin: Bool, _ what: String) throws(Breach) {
        if !isWithin { throw Breach(text: "too many reports of the kind \(what) in a minute") }
    }

    /// Counts reports of a kind in the running minute.
    private struct Window {
        private var start: UInt64 = 0
        private var violations = 0
        private var notices = 0

        mutating func violation(at now: UInt64) -> Bool {
            turn(now)
            violations += 1
            return violations <= Conversation.violationLimit
        }

        mutating func notice(at now: UInt64) -> Bool {
            turn(now)
            notices += 1
            return notices <= Conversation.noticeLimit
        }

        private mutating func turn(_ now: UInt64) {
            if now &- start < 60_000_000 { return }
            self = Window()
            start = now
        }
    }
}
