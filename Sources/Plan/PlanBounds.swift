/// How large a plan may be. The policy checker and the reader of the image hold to the same numbers.
public enum PlanBounds {
    /// Bytes of the binary image.
    public static let image = 16 << 20

    /// Addresses listened on.
    public static let listeners = 256

    /// TLS settings in the plan, and of one listener.
    public static let tls = 4096

    /// Certificates of one TLS setting.
    public static let certificates = 8

    /// Named networks, in the plan and of one route.
    public static let networks = 1024

    /// Address blocks in one network.
    public static let blocks = 65_536

    /// Pools.
    public static let pools = 1024

    /// Servers in one pool.
    public static let servers = 256

    /// Servers of all pools together; upstream numbers are below this.
    public static let upstreams = 16_384

    /// Sites.
    public static let sites = 4096

    /// Names of one site, or of one TLS setting.
    public static let names = 1024

    /// Routes of one site.
    public static let routes = 4096

    /// Proxy processes.
    public static let workers = 256

    /// Bytes of a name that the policy gives to a block.
    public static let name = 64

    /// Bytes of a host name; RFC 1035 section 2.3.4.
    public static let host = 253

    /// Bytes of one label of a host name; RFC 1035 section 2.3.4.
    public static let hostLabel = 63

    /// Bytes of a file name.
    public static let fileName = 4096

    /// Bytes of a route's path.
    public static let path = 2048

    /// The weights a server may have.
    public static let weight = 1...1000

    /// Milliseconds for which one session ticket key is used.
    public static let ticketEpoch: ClosedRange<UInt64> = 60_000...(7 * 86_400_000)

    /// Bytes of a segment of the audit log.
    public static let segmentSize: ClosedRange<UInt64> = 65_536...(1 << 34)

    /// Milliseconds after which a segment of the audit log is closed.
    public static let segmentAge: ClosedRange<UInt64> = 60_000...(366 * 86_400_000)

    /// Milliseconds for which a closed segment of the audit log is kept.
    public static let keep: ClosedRange<UInt64> = 3_600_000...(20 * 366 * 86_400_000)
}
