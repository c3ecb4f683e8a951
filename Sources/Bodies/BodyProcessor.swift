internal import Bytes

/// The ways of reading a request's body, under the names that rules know them by (`REQBODY_PROCESSOR`).
public enum BodyProcessor: UInt8, Sendable, Equatable, CaseIterable {
    case urlencoded, multipart, json, xml

    /// The processor's name in rules.
    public var name: StaticString {
        switch self {
        case .urlencoded: "URLENCODED"
        case .multipart: "MULTIPART"
        case .json: "JSON"
        case .xml: "XML"
        }
    }

    /// The processor of this name (`ctl:requestBodyProcessor`), letter case aside.
    public init?(name: Span<UInt8>) {
        for processor in BodyProcessor.allCases where ASCII.equalIgnoringCase(name, processor.name) {
            self = processor
            return
        }
        return nil
    }

    /// What mod_security2 takes by itself, before any rule: forms, by what the `Content-Type` begins with.
    public static func choose(contentType: Span<UInt8>) -> BodyProcessor? {
        if begins(contentType, "application/x-www-form-urlencoded") { return .urlencoded }
        return begins(contentType, "multipart/form-data") ? .multipart : nil
    }

    /// As ``choose(contentType:)``, and JSON and XML where the recommended configuration's rules 200000, 200001 and
    /// 200006 choose them.
    public static func recommended(contentType: Span<UInt8>) -> BodyProcessor? {
        if let form = choose(contentType: contentType) { return form }
        return isXML(contentType) ? .xml : isJSON(contentType) ? .json : nil
    }

    /// `^(?:application(?:/soap\+|/)|text/)xml`, letter case aside.
    private static func isXML(_ type: Span<UInt8>) -> Bool {
        begins(type, "application/xml") || begins(type, "application/soap+xml") || begins(type, "text/xml")
    }

    /// `^application/(?:[a-z0-9.-]+[+])?json`, letter case aside.
    private static func isJSON(_ type: Span<UInt8>) -> Bool {
        if !begins(type, "application/") { return false }
        let start = ("application/" as StaticString).utf8CodeUnitCount
        let rest = type.extracting(start..<type.count)
        if begins(rest, "json") { return true }
        var index = 0
        while index < rest.count, isSubtypeByte(rest[index]) { index += 1 }
        if index == 0 || index >= rest.count || rest[index] != UInt8(ascii: "+") { return false }
        return begins(rest.extracting((index + 1)..<rest.count), "json")
    }

    private static func isSubtypeByte(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static func begins(_ text: Span<UInt8>, _ prefix: StaticString) -> Bool {
        let count = prefix.utf8CodeUnitCount
        return text.count >= count && ASCII.equalIgnoringCase(text.extracting(0..<count), prefix)
    }
}
