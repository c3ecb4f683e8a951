/// The limits in the `limits` block of a policy. This table is what the checker, the defaults and the manual share.
public enum LimitName: UInt8, SettingName {
    case handshake, head, idle, bodyRate, bodyGrace, send, linger, drain
    case target, headSize, fields, field, body, trailer, chunkExtension, responseHead
    case requests, connections, exchanges, handshakes, upstreamConnections, buffers, logBacklog
    case conditionCost
    case streams, connectionWindow, headerTable, continuations, cheapFrames, penalty, penalties

    public var setting: Setting {
        switch self {
        case .handshake, .head, .idle, .bodyRate, .bodyGrace, .send, .linger, .drain: time
        case .target, .headSize, .fields, .field, .body, .trailer, .chunkExtension, .responseHead: message
        case .requests, .connections, .exchanges, .handshakes, .upstreamConnections, .buffers, .logBacklog,
            .conditionCost:
            load
        case .streams, .connectionWindow, .headerTable, .continuations, .cheapFrames, .penalty, .penalties: multiplexing
        }
    }

    /// The limits of how long something may take.
    private var time: Setting {
        switch self {
        case .handshake:
            Setting("handshake", .duration, 10_000, 100...600_000, "time for a TLS handshake")
        case .head:
            Setting("head", .duration, 10_000, 100...600_000, "time for a request's head, from its first byte")
        case .idle:
            Setting("idle", .duration, 75_000, 100...3_600_000, "time between two requests of a connection")
        case .bodyRate:
            Setting(
                "body_rate", .rate, 1 << 10, 0...(1 << 30), "slowest rate of a request's body; 0 means no such limit")
        case .bodyGrace:
            Setting("body_grace", .duration, 10_000, 0...600_000, "time before body_rate counts")
        case .send:
            Setting("send", .duration, 30_000, 100...600_000, "time in which a client must take something sent to it")
        case .linger:
            Setting("linger", .duration, 2_000, 0...60_000, "time in which a closed connection's last bytes are read")
        default:
            Setting("drain", .duration, 30_000, 0...3_600_000, "time for requests in progress when a process ends")
        }
    }

    /// The limits of what one message may hold. Heads share a buffer of 32 KiB with what the appliance adds.
    private var message: Setting {
        switch self {
        case .target:
            Setting("target", .size, 8 << 10, 64...(30 << 10), "bytes of a request target")
        case .headSize:
            Setting("head_size", .size, 16 << 10, (1 << 10)...(30 << 10), "bytes of a request's head")
        case .fields:
            Setting("fields", .count, 100, 1...250, "fields of a head, and of a trailer")
        case .field:
            Setting("field", .size, 8 << 10, 64...(30 << 10), "bytes of one field line of a request")
        case .body:
            Setting("body", .size, 64 << 20, 0...(1 << 40), "bytes of a request's body; 0 means that none is taken")
        case .trailer:
            Setting("trailer", .size, 4 << 10, 0...(30 << 10), "bytes of a trailer section")
        case .chunkExtension:
            Setting("chunk_extension", .size, 256, 0...(16 << 10), "bytes of the extensions of one chunk")
        default:
            Setting("response_head", .size, 16 << 10, (1 << 10)...(30 << 10), "bytes of an upstream's response head")
        }
    }

    /// The limits of how much goes on at once.
    /// What a worker reserves when it starts, before its sandbox closes; so the largest value is the standard one.
    private var load: Setting {
        switch self {
        case .requests:
            Setting("requests", .count, 10_000, 1...1_000_000_000, "requests on one connection")
        case .connections:
            Setting("connections", .count, 20_000, 16...20_000, "connections of clients in one worker")
        case .exchanges:
            Setting("exchanges", .count, 20_000, 16...20_000, "requests in progress in one worker")
        case .handshakes:
            Setting("handshakes", .count, 512, 1...512, "TLS handshakes in progress in one worker")
        case .upstreamConnections:
            Setting("upstream_connections", .count, 4_096, 1...4_096, "connections to upstreams in one worker")
        case .buffers:
            Setting("buffers", .count, 2_048, 64...2_048, "buffers of 32 KiB in one worker")
        case .logBacklog:
            Setting(
                "log_backlog", .size, 4 << 20, (64 << 10)...(4 << 20), "bytes of log records waiting in one worker")
        default:
            Setting(
                "condition_cost", .count, 4_000_000, 1_000...1_000_000_000,
                "bytes that all conditions together look at for one request")
        }
    }

    /// The limits of connections of HTTP/2. An input buffer holds all of a field block.
    private var multiplexing: Setting {
        switch self {
        case .streams:
            Setting("streams", .count, 100, 1...250, "requests at once on one connection of HTTP/2")
        case .connectionWindow:
            Setting(
                "connection_window", .size, 256 << 10, (64 << 10)...(16 << 20),
                "bytes of request bodies that a connection of HTTP/2 may have sent ahead")
        case .headerTable:
            Setting(
                "header_table", .size, 4 << 10, 0...(16 << 10),
                "bytes of fields that a connection of HTTP/2 remembers, to be sent once")
        case .continuations:
            Setting("continuations", .count, 8, 0...64, "CONTINUATION frames in one head of HTTP/2")
        case .cheapFrames:
            Setting(
                "cheap_frames", .count, 1_000, 100...1_000_000,
                "frames of HTTP/2 without use that a connection may send before it is ended; a reset counts as five")
        case .penalty:
            Setting(
                "penalty", .duration, 60_000, 0...3_600_000,
                "time for which a network that abused HTTP/2 gets few streams; 0 means no such penalty")
        default:
            Setting(
                "penalties", .count, 1_024, 16...4_096, "networks under a penalty that are remembered in one worker")
        }
    }
}
