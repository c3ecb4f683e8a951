/// Which cell. The numbers and names are those of the roles of the processes.
public enum Profile: UInt8, CaseIterable, Sendable {
    case config = 1
    case keyholder = 2
    case proxy = 3
    case dialer = 4
    case logd = 5

    /// The name, as in `policies/sandbox/<name>.systemcalls`.
    public var name: String {
        switch self {
        case .config: "config"
        case .keyholder: "keyholder"
        case .proxy: "proxy"
        case .dialer: "dialer"
        case .logd: "logd"
        }
    }

    /// Whether its file system is an empty, read-only folder. What it reads comes as descriptors.
    public var hasEmptyRoot: Bool { self != .dialer }

    /// Whether its network has no interface. Sockets that are handed to it stay in the network they were made in.
    public var hasEmptyNetwork: Bool { self != .dialer }

    /// The text of its list of system calls.
    var systemCalls: [UInt8] {
        switch self {
        case .config: PackageResources.config_systemcalls
        case .keyholder: PackageResources.keyholder_systemcalls
        case .proxy: PackageResources.proxy_systemcalls
        case .dialer: PackageResources.dialer_systemcalls
        case .logd: PackageResources.logd_systemcalls
        }
    }
}
