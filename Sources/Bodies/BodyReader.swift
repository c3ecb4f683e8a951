internal import Bytes

/// Reads bodies, one after the other, in parts of any size.
///
/// The memory is allocated once. `start`, any number of `take`, `finish`; the values are in the store that is handed
/// in, and ``report`` says what became of the body at any time. Parts may be cut anywhere: the result is the same.
public struct BodyReader: ~Copyable {
    /// What the reader holds itself to.
    public let limits: BodyLimits
    /// What became of the body so far.
    public private(set) var report = BodyReport()

    private var processor = BodyProcessor.urlencoded
    private var urlencoded = URLEncodedParser(.bodyArgument, separator: UInt8(ascii: "&"), front: 0)
    private var multipart: MultipartParser
    private var json: JSONParser
    private var xml: XMLParser

    /// Memory for bodies within `limits`. `seed` is to be secret and random: it keeps names from being chosen so that
    /// they collide.
    public init(_ limits: BodyLimits, seed: UInt64) {
        self.limits = limits
        multipart = MultipartParser(limits)
        json = JSONParser(limits, seed: seed)
        xml = XMLParser(limits, seed: seed)
    }

    /// Begins a body, which is to be read by `processor`. Values are appended to `store`.
    ///
    /// `contentType` is the value of the field; multipart bodies need it. `separator` stands between the arguments of
    /// a form (`SecArgumentSeparator`).
    public mutating func start(
        _ processor: BodyProcessor, contentType: Span<UInt8>, separator: UInt8 = UInt8(ascii: "&"),
        jsonNames: JSONNames = .plain, into store: inout ValueStore
    ) {
        report = BodyReport()
        self.processor = processor
        do {
            switch processor {
            case .urlencoded:
                urlencoded = URLEncodedParser(.bodyArgument, separator: separator, front: store.front)
            case .multipart: try multipart.start(contentType, limits, &report)
            case .json: json.start(jsonNames)
            case .xml: xml.start(store.front)
            }
        } catch {
            report.outcome = error.outcome
        }
    }

    /// Takes the next bytes of the body. After an error or a limit they are only counted.
    public mutating func take(_ bytes: Span<UInt8>, into store: inout ValueStore) {
        let before = report.received
        report.received += bytes.count
        if report.outcome != .complete { return }
        let room = limits.bytes - before
        do throws(BodyStop) {
            try parse(bytes.extracting(0..<min(bytes.count, room)), &store)
            if bytes.count > room { throw BodyStop.limited(.bytes) }
        } catch {
            stop(error, &store)
        }
        report.inspected = position
    }

    /// Takes the end of the body. An empty body has no fault, whatever its type.
    public mutating func finish(into store: inout ValueStore) {
        if report.outcome != .complete || report.received == 0 { return }
        do {
            switch processor {
            case .urlencoded: try urlencoded.finish(limits, &store, &report)
            case .multipart: try multipart.finish(limits, &store, &report)
            case .json: try json.finish(limits, &store, &report)
            case .xml: try xml.finish(limits, &store, &report)
            }
        } catch {
            stop(error, &store)
        }
    }

    private mutating func parse(_ bytes: Span<UInt8>, _ store: inout ValueStore) throws(BodyStop) {
        switch processor {
        case .urlencoded: try urlencoded.parse(bytes, limits, &store, &report)
        case .multipart: try multipart.parse(bytes, limits, &store, &report)
        case .json: try json.parse(bytes, limits, &store, &report)
        case .xml: try xml.parse(bytes, limits, &store, &report)
        }
    }

    private mutating func stop(_ reason: BodyStop, _ store: inout ValueStore) {
        report.outcome = reason.outcome
        switch processor {
        case .urlencoded: urlencoded.abandon(&store, &report)
        case .multipart: multipart.abandon(limits, &store, &report)
        case .json: json.abandon(&store, &report)
        case .xml: xml.abandon(&store, &report)
        }
    }

    /// The place of the first byte that was not parsed.
    private var position: Int {
        switch processor {
        case .urlencoded: urlencoded.position
        case .multipart: multipart.position
        case .json: json.position
        case .xml: xml.position
        }
    }
}
