/// Where the things of a tree begin, by the first byte.
struct Outline {
    private(set) var roles: [Int: Piece.Role] = [:]

    init(_ body: Body) { add(body) }

    private mutating func add(_ body: Body) {
        for item in body.items {
            switch item {
            case .attribute(let attribute): add(attribute, as: .setting)
            case .statement(let statement): add(statement)
            case .element(let value): add(value, as: .value)
            }
        }
    }

    private mutating func add(_ attribute: Attribute, as role: Piece.Role) {
        roles[attribute.name.span.start] = role
        addElements(of: attribute.value)
    }

    private mutating func add(_ statement: Statement) {
        roles[statement.word.span.start] = .statement
        for label in statement.labels { addElements(of: label) }
        for attribute in statement.attributes { add(attribute, as: .part) }
        if let body = statement.body { add(body) }
    }

    private mutating func add(_ value: Value, as role: Piece.Role) {
        roles[value.span.start] = role
        addElements(of: value)
    }

    private mutating func addElements(of value: Value) {
        guard case .list(let elements) = value.kind else { return }
        for element in elements { roles[element.span.start] = .element }
    }
}
