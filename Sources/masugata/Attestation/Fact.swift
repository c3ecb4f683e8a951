/// One thing that is promised of a process, beside what the kernel says.
struct Fact: Equatable {
    let name: String
    let promised: String
    let found: String
    let verdict: Verdict

    enum Verdict: String {
        case holds
        case differs
        /// This host or user cannot give it, and the process has said so.
        case conceded
        /// The caller may not see it.
        case unseen
    }

    /// A fact that holds if both texts are the same.
    init(_ name: String, promised: String, found: String) {
        self.init(name, promised: promised, found: found, holds: promised == found)
    }

    /// A fact that holds or not. Where it does not and `isConceded`, that is no breach.
    init(_ name: String, promised: String, found: String, holds: Bool, isConceded: Bool = false) {
        self.name = name
        self.promised = promised
        self.found = found
        verdict = holds ? .holds : isConceded ? .conceded : .differs
    }

    /// A fact that the caller may not see.
    init(unseen name: String, promised: String) {
        self.name = name
        self.promised = promised
        found = "not visible to this user"
        verdict = .unseen
    }
}
