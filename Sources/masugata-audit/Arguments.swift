public import ArgumentParser
public import Audit
internal import Sys

/// A moment on the command line: a date and time, or a time before now.
struct Moment: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        if let time = Timestamp(argument) {
            self.time = time
            return
        }
        let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let last = argument.last, let unit = units[last], let count = UInt64(argument.dropLast()) else {
            return nil
        }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit * 1_000_000)
        time = Timestamp(microseconds: Clock.wall()).earlier(by: overflow ? .max : seconds)
    }
}

extension ClientBlock: ExpressibleByArgument {
    public init?(argument: String) { self.init(Array(argument.utf8).span) }
}

extension StatusPattern: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
