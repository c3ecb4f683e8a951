import Sys

/// The command line.
struct Arguments: Equatable {
    /// The policy file.
    var policy = ""
    /// The state folder.
    var state = Arguments.standardState
    /// Proxy processes; nil means what the policy says, or one for each processor.
    var workers: Int?
    #if DEBUG
        /// The name of the role whose processes run without their system call filter, so that a test can see
        /// `masugata attest` miss it. There is no such argument in a release.
        var withoutFilter: String?
    #endif

    static let usage = """
        usage: masugatad --policy FILE [--state DIR] [--workers N]

          --policy FILE   the policy to serve
          --state DIR     the folder of the control socket and, unless the policy names another, of the audit log
                          (\(standardState))
          --workers N     proxy processes, 1 to 256 (one for each processor)

        Runs in the foreground and prints 'ready' when it accepts. SIGHUP reloads the policy, SIGTERM ends.
        """

    /// What is wrong with the command line.
    struct Mistake: Error, Equatable {
        let text: String
    }

    /// The most proxy processes.
    static let mostWorkers = 256

    /// Where the state is unless the command line says otherwise.
    static var standardState: String {
        if Account.isRoot { return "/run/masugata" }
        if let folder = Host.environment("XDG_RUNTIME_DIR"), folder.hasPrefix("/") { return folder + "/masugata" }
        return "/tmp/masugata-\(Account.own.user)"
    }

    init(policy: String, state: String = standardState, workers: Int? = nil) {
        self.policy = policy
        self.state = state
        self.workers = workers
    }

    /// Reads the words after the program's name.
    init(_ words: some Sequence<String>) throws(Mistake) {
        var words = Array(words)[...]
        var policy: String?
        while let word = words.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard Arguments.names.contains(parts[0]) else {
                throw Mistake(text: "unknown argument '\(word)'")
            }
            guard let value = parts.count == 2 ? parts[1] : words.popFirst(), !value.isEmpty else {
                throw Mistake(text: "'\(parts[0])' needs a value")
            }
            switch parts[0] {
            case "--policy": policy = value
            case "--state": state = value
            #if DEBUG
                case "--without-filter": withoutFilter = value
            #endif
            default: workers = try Arguments.workers(value)
            }
        }
        guard let policy else { throw Mistake(text: "no policy: say --policy FILE") }
        self.policy = policy
    }

    private static var names: [String] {
        #if DEBUG
            ["--policy", "--state", "--workers", "--without-filter"]
        #else
            ["--policy", "--state", "--workers"]
        #endif
    }

    private static func workers(_ value: String) throws(Mistake) -> Int {
        guard let count = Int(value), (1...mostWorkers).contains(count) else {
            throw Mistake(text: "'--workers \(value)' is not a number from 1 to \(mostWorkers)")
        }
        return count
    }
}
