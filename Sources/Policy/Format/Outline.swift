/// Where the things of a tree begin, by the first byte.
struct Outline {
    private(set) var roles: [Int: Piece.Role] = [:]

    private let source: Source

    /// The outline of `body`, which stands in `source`.
    init(_ body: Body, in source: Source) {
        self.source = source
        add(body)
    }

    private mutating func add(_ body: Body) {
        for item in body.items {
            switch item {
            case .attribute(let attribute): add(attribute, as: .setting)
            case .statement(let statement): add(statement)
            case .element(let value): add(value, as: .value)
            case .entry(let key, let value):
                roles[key.span.start] = .setting
                addElements(of: value)
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
        if let condition = statement.condition { add(condition) }
        for (index, clause) in statement.clauses.enumerated() {
            add(clause, of: statement.word.text, isFirst: index == 0)
        }
        for attribute in statement.attributes { add(attribute, as: .part) }
        if let body = statement.body { add(body) }
    }

    private mutating func add(_ clause: Clause, of sentence: String, isFirst: Bool) {
        if case .reference(let words) = clause.value.kind {
            // `until = 2027-03-31` is a setting; `header "X" = "v"` is not one of `"X"`.
            let isPart = Outline.clauses[sentence]?.contains(words.joined(separator: ".")) ?? false
            if clause.assigned != nil {
                roles[clause.value.span.start] = .part
            } else if isPart && !isFirst {
                roles[clause.value.span.start] = .clause
            }
        }
        if let value = clause.assigned { addElements(of: value) }
    }

    /// The words that a sentence may go on with in another line, by the word that it begins with.
    private static let clauses: [String: Set<String>] = {
        var clauses: [String: Set<String>] = [:]
        for form in PolicyWords.all { clauses[form.word, default: []].formUnion(form.clauses.map(\.word)) }
        return clauses
    }()

    private mutating func add(_ condition: Expression) {
        switch condition {
        case .conjunction(let parts), .disjunction(let parts): for part in parts { add(part) }
        case .negation(let inner), .quantified(_, let inner): add(inner)
        case .comparison(let tree): if let value = tree.value { addElements(of: value) }
        case .wrong: break
        }
    }

    private mutating func add(_ value: Value, as role: Piece.Role) {
        roles[value.span.start] = role
        addElements(of: value)
    }

    /// Marks what a list has commas between. A sequence without brackets has none, and a share stands behind its pool.
    private mutating func addElements(of value: Value) {
        guard case .list(let elements) = value.kind, source.text[value.span.start] == UInt8(ascii: "[") else { return }
        for element in elements {
            if case .percent = element.kind { continue }
            roles[element.span.start] = .element
        }
    }
}
