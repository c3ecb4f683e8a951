public import Bytes

/// A set of request methods, one bit each: those of RFC 9110, then the others of the IANA registry by name.
///
/// The bit numbers are part of the plan's image and the order is that of `HTTPModel`'s methods: new ones come at the
/// end. A method outside the registry has no number and is in no set.
///
///    0 GET               13 CHECKOUT          26 PROPFIND
///    1 HEAD              14 COPY              27 PROPPATCH
///    2 POST              15 LABEL             28 QUERY
///    3 PUT               16 LINK              29 REBIND
///    4 DELETE            17 LOCK              30 REPORT
///    5 CONNECT           18 MERGE             31 SEARCH
///    6 OPTIONS           19 MKACTIVITY        32 UNBIND
///    7 TRACE             20 MKCALENDAR        33 UNCHECKOUT
///    8 PATCH             21 MKCOL             34 UNLINK
///    9 ACL               22 MKREDIRECTREF     35 UNLOCK
///   10 BASELINE-CONTROL  23 MKWORKSPACE       36 UPDATE
///   11 BIND              24 MOVE              37 UPDATEREDIRECTREF
///   12 CHECKIN           25 ORDERPATCH        38 VERSION-CONTROL
public struct MethodSet: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt64

    @inlinable
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// How many methods have a bit.
    @inlinable public static var count: UInt8 { 39 }

    /// Every method that has a bit.
    @inlinable public static var all: MethodSet { MethodSet(rawValue: 1 << UInt64(count) - 1) }

    /// The set of the method with this bit number, which is below ``count``.
    @inlinable
    public init(bit: UInt8) {
        precondition(bit < MethodSet.count)
        self.init(rawValue: 1 << UInt64(bit))
    }

    /// Whether the method with this bit number is in the set; no method without a number is.
    @inlinable
    public func contains(bit: UInt8) -> Bool { bit < MethodSet.count && rawValue >> UInt64(bit) & 1 == 1 }

    /// The bit number of the method called `name`, or nil when it has none. Methods are case-sensitive (RFC 9110
    /// section 9.1).
    @inlinable
    public static func bit(of name: Span<UInt8>) -> UInt8? {
        for bit in 0..<count where ASCII.equal(name, self.name(of: bit)) { return bit }
        return nil
    }

    /// The name of the method with this bit number, which is below ``count``.
    @inlinable
    public static func name(of bit: UInt8) -> StaticString {
        switch bit {
        case 0: "GET"
        case 1: "HEAD"
        case 2: "POST"
        case 3: "PUT"
        case 4: "DELETE"
        case 5: "CONNECT"
        case 6: "OPTIONS"
        case 7: "TRACE"
        case 8: "PATCH"
        case 9: "ACL"
        case 10: "BASELINE-CONTROL"
        case 11: "BIND"
        case 12: "CHECKIN"
        case 13: "CHECKOUT"
        case 14: "COPY"
        case 15: "LABEL"
        case 16: "LINK"
        case 17: "LOCK"
        case 18: "MERGE"
        case 19: "MKACTIVITY"
        case 20: "MKCALENDAR"
        case 21: "MKCOL"
        case 22: "MKREDIRECTREF"
        case 23: "MKWORKSPACE"
        case 24: "MOVE"
        case 25: "ORDERPATCH"
        case 26: "PROPFIND"
        case 27: "PROPPATCH"
        case 28: "QUERY"
        case 29: "REBIND"
        case 30: "REPORT"
        case 31: "SEARCH"
        case 32: "UNBIND"
        case 33: "UNCHECKOUT"
        case 34: "UNLINK"
        case 35: "UNLOCK"
        case 36: "UPDATE"
        case 37: "UPDATEREDIRECTREF"
        case 38: "VERSION-CONTROL"
        default: preconditionFailure("no method has this number")
        }
    }
}

extension MethodSet: CustomStringConvertible {
    /// The names, as the field `Allow` lists them (RFC 9110 section 10.2.1).
    public var description: String {
        (0..<MethodSet.count).filter { contains(bit: $0) }.map { "\(MethodSet.name(of: $0))" }.joined(separator: ", ")
    }
}
