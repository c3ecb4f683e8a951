import Sys
import Wire

/// The way of finished requests from a worker to the log writer. It is made once for each worker's place and outlives
/// both ends, so that nothing that was completed is lost with either of them.
struct RecordRing {
    let memory: Handle
    let wakeUp: Handle

    init() throws(Failure) {
        (memory, wakeUp) = try Failure.about("record ring") { () throws(Errno) in
            (Handle(try SharedRing.create(capacity: RequestRecord.ringCapacity)), Handle(try WakeUp.create()))
        }
    }
}
