/// What each role counts, in the order in which it reports it. Names are part of `status --json`.
public enum Counters {
    /// The names for a role; `ControlReport.counters` carries one value for each.
    public static func names(of role: Role) -> [String] {
        switch role {
        case .proxy: proxy
        case .keyholder: keyholder
        case .dialer: dialer
        case .logd: logd
        case .supervisor, .config: []
        }
    }

    private static let proxy = [
        "connections_accepted", "connections_open", "connections_refused", "handshakes", "handshakes_failed",
        "handshakes_pending", "sessions_resumed", "requests", "requests_malformed", "requests_denied",
        "responses_1xx", "responses_2xx", "responses_3xx", "responses_4xx", "responses_5xx", "bytes_in", "bytes_out",
        "upstream_connections", "upstream_reused", "upstream_failed", "upstream_idle", "exchanges_open", "tunnels",
        "records_dropped", "buffers_free", "http2_connections", "http2_connections_open", "http2_connections_failed",
        "http2_streams_open", "http2_penalties",
    ]
    private static let keyholder = [
        "keys", "signatures_tls13", "signatures_tls12", "refused_bad_key", "refused_bad_scheme", "refused_bad_content",
        "refused_rate", "refused_retired", "failed", "ticket_epochs", "workers_ended",
    ]
    private static let dialer = [
        "connects", "connects_failed", "connects_refused", "pending", "open", "resolutions", "resolutions_failed",
        "workers_ended",
    ]
    private static let logd = [
        "records", "bytes", "dropped", "duplicates", "write_errors", "rotations", "workers_ended",
    ]
}
