internal import Bytes

/// A request method: one of the IANA registry, or any other token.
///
/// Methods are compared byte for byte: they are case-sensitive (RFC 9110 section 9.1).
public enum Method: UInt8, BitwiseCopyable, CaseIterable, Sendable {
    /// A token that is not registered; its bytes stand in the request head.
    case other
    case get, head, post, put, delete, connect, options, trace, patch
    // WebDAV and its extensions (RFC 4918, 3253, 3648, 3744, 4437, 4791, 5323, 5842), and the rest.
    case acl, baselineControl, bind, checkin, checkout, copy, label, link, lock, merge
    case mkactivity, mkcalendar, mkcol, mkredirectref, mkworkspace, move, orderpatch
    case propfind, proppatch, query, rebind, report, search, unbind, uncheckout, unlink, unlock
    case update, updateredirectref, versionControl

    /// The method whose token is exactly `bytes`.
    public init(recognising bytes: Span<UInt8>) { self = Method.recognise(bytes) }

    private static func recognise(_ bytes: Span<UInt8>) -> Method {
        // The common ones first; the others are rare enough to be compared in turn.
        if ASCII.equal(bytes, "GET") { return .get }
        if ASCII.equal(bytes, "POST") { return .post }
        if ASCII.equal(bytes, "HEAD") { return .head }
        var candidate = Method.put.rawValue
        while let method = Method(rawValue: candidate) {
            if ASCII.equal(bytes, method.text) { return method }
            candidate &+= 1
        }
        return .other
    }

    /// The method's token; empty for ``other``.
    public var text: StaticString {
        switch self {
        case .other: ""
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .connect: "CONNECT"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .patch: "PATCH"
        case .acl: "ACL"
        case .baselineControl: "BASELINE-CONTROL"
        case .bind: "BIND"
        case .checkin: "CHECKIN"
        case .checkout: "CHECKOUT"
        case .copy: "COPY"
        case .label: "LABEL"
        case .link: "LINK"
        case .lock: "LOCK"
        case .merge: "MERGE"
        case .mkactivity: "MKACTIVITY"
        case .mkcalendar: "MKCALENDAR"
        case .mkcol: "MKCOL"
        case .mkredirectref: "MKREDIRECTREF"
        case .mkworkspace: "MKWORKSPACE"
        case .move: "MOVE"
        case .orderpatch: "ORDERPATCH"
        case .propfind: "PROPFIND"
        case .proppatch: "PROPPATCH"
        case .query: "QUERY"
        case .rebind: "REBIND"
        case .report: "REPORT"
        case .search: "SEARCH"
        case .unbind: "UNBIND"
        case .uncheckout: "UNCHECKOUT"
        case .unlink: "UNLINK"
        case .unlock: "UNLOCK"
        case .update: "UPDATE"
        case .updateredirectref: "UPDATEREDIRECTREF"
        case .versionControl: "VERSION-CONTROL"
        }
    }

    /// Whether a request may be sent again after a connection failed (RFC 9110 section 9.2.2, for the methods
    /// that RFC itself defines).
    public var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        default: false
        }
    }

    /// Whether the client asks for nothing to be changed (RFC 9110 section 9.2.1, for the methods that RFC itself
    /// defines).
    public var isSafe: Bool {
        switch self {
        case .get, .head, .options, .trace: true
        default: false
        }
    }
}
