internal import Bytes

/// The lists of names and values in a request's head.
public enum RequestFields {
    /// Enters the arguments of a query (`ARGS_GET`), without its question mark, as mod_security2 reads them.
    ///
    /// `separator` is what stands between arguments (`SecArgumentSeparator`).
    public static func query(
        _ query: Span<UInt8>, separator: UInt8 = UInt8(ascii: "&"), _ limits: BodyLimits,
        into store: inout ValueStore
    ) -> BodyReport {
        var report = BodyReport()
        report.received = query.count
        var parser = URLEncodedParser(.queryArgument, separator: separator, front: store.front)
        do {
            try parser.parse(query, limits, &store, &report)
            try parser.finish(limits, &store, &report)
        } catch {
            report.outcome = error.outcome
            parser.abandon(&store, &report)
        }
        report.inspected = parser.position
        return report
    }

    /// Enters the cookies of a `Cookie` field's value (`REQUEST_COOKIES`), as mod_security2 reads them by default.
    public static func cookies(
        _ field: Span<UInt8>, _ limits: BodyLimits, into store: inout ValueStore
    ) -> BodyReport {
        var report = BodyReport()
        report.received = field.count
        do {
            try CookieParser.parse(field, limits, &store, &report)
            report.inspected = field.count
        } catch {
            report.outcome = error.outcome
        }
        return report
    }
}
