/// The limits in the `limits` block of a pool. This table is what the checker, the defaults and the manual share.
public enum PoolLimitName: UInt8, SettingName {
    case connections, queue, connect, response, idle, queueWait, body

    public var setting: Setting {
        switch self {
        case .connections:
            Setting("connections", .count, 1_000, 1...1_000_000, "connections to one server, of all workers together")
        case .queue:
            Setting("queue", .count, 1_000, 0...1_000_000, "requests in one worker that wait for a connection")
        case .connect:
            Setting("connect", .duration, 2_000, 10...300_000, "time to connect to a server")
        case .response:
            Setting("response", .duration, 60_000, 100...86_400_000, "time until a server's response head is there")
        case .idle:
            Setting("idle", .duration, 60_000, 0...3_600_000, "time an unused connection is kept; 0 means none is kept")
        case .queueWait:
            Setting("queue_wait", .duration, 5_000, 0...600_000, "time a request waits for a connection")
        case .body:
            Setting("body", .duration, 60_000, 100...86_400_000, "time between two parts of a body, either way")
        }
    }
}
