import Foundation
import Glibc

/// Waiting with a bound. How long it takes decides nothing but that something has gone wrong.
enum Patience {
    /// Seconds until a test gives up.
    static let seconds = 20.0

    /// Something did not come about in time.
    struct Exhausted: Error, CustomStringConvertible {
        let description: String
    }

    /// Asks again and again until there is an answer.
    static func wait<Answer>(for what: String, _ look: () throws -> Answer?) throws -> Answer {
        let end = Date().addingTimeInterval(seconds)
        while true {
            if let answer = try look() { return answer }
            if Date() > end { throw Exhausted(description: "gave up waiting for \(what)") }
            usleep(2_000)
        }
    }
}
