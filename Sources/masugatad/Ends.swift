import Sys

/// The two ends of a new channel, each with owners of its own.
struct Ends {
    let near: Handle
    let far: Handle

    init() throws(Failure) {
        let pair = try Failure.about("channel") { () throws(Errno) in
            let pair = try Channel.pair()
            return (Handle(try pair.near.duplicate()), Handle(try pair.far.duplicate()))
        }
        near = pair.0
        far = pair.1
    }
}
