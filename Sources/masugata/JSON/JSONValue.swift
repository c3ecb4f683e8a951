/// One JSON value (RFC 8259), as the appliance answers and as the tool prints it.
enum JSONValue: Equatable, Sendable {
    case text(String)
    case number(UInt64)
    case flag(Bool)
    case list([JSONValue])
    /// Members in their order.
    case object([Member])
    case null

    /// A name with its value.
    struct Member: Equatable, Sendable {
        let name: String
        let value: JSONValue

        init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// The first member `name` of an object, else `null`.
    subscript(name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// The text, empty when it is none.
    var text: String {
        if case .text(let text) = self { return text }
        return ""
    }

    /// The number, 0 when it is none.
    var number: UInt64 {
        if case .number(let number) = self { return number }
        return 0
    }

    /// Whether it is `true`.
    var isTrue: Bool { self == .flag(true) }

    /// The elements of a list, none when it is not one.
    var list: [JSONValue] {
        if case .list(let values) = self { return values }
        return []
    }

    /// The members of an object, none when it is not one.
    var members: [Member] {
        if case .object(let members) = self { return members }
        return []
    }
}
