public import Sandbox
public import Sys

/// Why a process cannot serve.
public enum StartError: Error {
    /// The supervisor went away, or its first order was not the one that must come first.
    case notAppointed
    /// What should be the control channel cannot be listened to.
    case noChannel(Errno)
    case sandbox(SandboxError)
}

extension StartError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAppointed:
            "not started by masugatad: descriptor 3 must be its control channel; start masugatad instead"
        case .noChannel(let error):
            "descriptor 3 is no control channel: \(error); start masugatad instead"
        case .sandbox(let error): error.description
        }
    }
}
