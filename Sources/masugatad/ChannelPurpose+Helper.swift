import Wire

extension ChannelPurpose {
    /// The helper at the other end from the worker.
    var helper: Role {
        switch self {
        case .signing: .keyholder
        case .dialing: .dialer
        case .records: .logd
        }
    }
}
