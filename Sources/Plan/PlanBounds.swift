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
    public static let blocks = 262_144

    /// Lists of texts.
    public static let lists = 1024

    /// Texts in one list, and in one comparison.
    public static let texts = 65_536

    /// Bytes of one text of a list or a comparison, and of a regular expression.
    public static let operand = 4096

    /// Steps and comparisons of one condition.
    public static let steps = 4096

    /// Rules of one site, and of one route.
    public static let rules = 16_384

    /// Blocks of header changes, of error pages, of rates and of firewalls, each.
    public static let profiles = 16_384

    /// Changes of a head, names of hidden fields, and pages of one block.
    public static let edits = 256

    /// Bytes of the value that a field is given.
    public static let fieldValue = 4096

    /// Pages from files.
    public static let pages = 1024

    /// Bytes of a page or of a fixed answer: with its head it fits into a buffer of 32 KiB.
    public static let page = 28 << 10

    /// Bytes of all pages together.
    public static let allPages = 4 << 20

    /// Pools of one split, and values that decide about it.
    public static let shares = 64

    /// Pieces of a redirect's target.
    public static let redirectParts = 64

    /// Bytes of a redirect's target without placeholders.
    public static let redirect = 4096

    /// Bytes of a note of a rule, a reason of an exception, a media type.
    public static let note = 256

    /// Rates of one site or route.
    public static let rateLimits = 16

    /// Files of rules of one firewall.
    public static let firewallRules = 64

    /// Exceptions of one site.
    public static let exceptions = 4096

    /// Files that a policy is read from.
    public static let sources = 1024

    /// Changes of a zone's offset from UTC.
    public static let transitions = 64

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
    public static let routes = 16_384

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

    /// Requests in a period, and at once, that a rate may name.
    public static let rate: ClosedRange<UInt64> = 1...1_000_000_000

    /// Milliseconds that a rate may be about.
    public static let ratePeriod: ClosedRange<UInt64> = 1_000...86_400_000

    /// The scores from which on a firewall may refuse.
    public static let blockAt: ClosedRange<UInt64> = 1...1_000

    /// Bytes of a body that a firewall may inspect.
    public static let inspectedBody: ClosedRange<UInt64> = 1_024...(64 << 20)

    /// Milliseconds after which a client may be told to try again.
    public static let retryAfter: ClosedRange<UInt64> = 1_000...(7 * 86_400_000)

    /// Seconds that a zone may be ahead of or behind UTC.
    public static let zoneOffset: ClosedRange<Int32> = (-18 * 3_600)...(18 * 3_600)

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
