import Glibc

/// Something that did not come about.
struct Late: Error, CustomStringConvertible {
    let description: String
}

/// Looks again and again whether something holds, for at most so many seconds.
/// - Returns: the milliseconds that it took.
/// - Throws: ``Late`` when it still does not hold then.
@discardableResult
func until(_ what: String, seconds: Int = 20, _ holds: () throws -> Bool) throws -> Int {
    let start = milliseconds()
    while try !holds() {
        if milliseconds() - start > seconds * 1_000 { throw Late(description: "not within \(seconds) s: \(what)") }
        usleep(5_000)
    }
    return milliseconds() - start
}

/// Milliseconds of the monotonic clock.
func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
}
