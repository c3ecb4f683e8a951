/// The processes of the appliance, one for each privilege.
public enum Role: UInt8, CaseIterable, Sendable {
    case supervisor = 0
    case config = 1
    case keyholder = 2
    case proxy = 3
    case dialer = 4
    case logd = 5

    /// The name in tables, logs and executables.
    public var name: String {
        switch self {
        case .supervisor: "supervisor"
        case .config: "config"
        case .keyholder: "keyholder"
        case .proxy: "proxy"
        case .dialer: "dialer"
        case .logd: "logd"
        }
    }

    /// The file name of the role's executable.
    public var executable: String { self == .supervisor ? "masugatad" : "masugata-\(name)" }

    /// The account that the package makes for it.
    public var account: String { self == .supervisor ? "root" : "masugata-\(name)" }
}
