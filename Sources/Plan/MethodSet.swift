public import Bytes

/// A set of request methods, one bit each. The bit numbers are part of the plan's image: new methods come at the end.
///
///      0 GET        5 CONNECT    10 PROPPATCH   15 UNLOCK
///      1 HEAD       6 OPTIONS    11 MKCOL       16 SEARCH
///      2 POST       7 TRACE      12 COPY        17 REPORT
///      3 PUT        8 PATCH      13 MOVE        18 QUERY
///      4 DELETE     9 PROPFIND   14 LOCK
public struct MethodSet: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// How many methods have a bit.
    @inlinable public static var count: UInt8 { 19 }

    /// Every method that has a bit.
    @inlinable public static var all: MethodSet { MethodSet(rawValue: 1 << UInt32(count) - 1) }

    /// The set of the method with this bit number, which is below ``count``.
    @inlinable
    public init(bit: UInt8) {
        precondition(bit < MethodSet.count)
        self.init(rawValue: 1 << UInt32(bit))
    }

    /// Whether the method with this bit number is in the set; no method without a number is.
    @inlinable
    public func contains(bit: UInt8) -> Bool { bit < MethodSet.count && rawValue >> UInt32(bit) & 1 == 1 }

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
        case 9: "PROPFIND"
        case 10: "PROPPATCH"
        case 11: "MKCOL"
        case 12: "COPY"
        case 13: "MOVE"
        case 14: "LOCK"
        case 15: "UNLOCK"
        case 16: "SEARCH"
        case 17: "REPORT"
        case 18: "QUERY"
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
