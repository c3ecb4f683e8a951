extension Condition {
    func write(to image: inout ImageWriter) {
        image.write(list: comparisons) { $1.write(to: &$0) }
        image.write(list: steps) { $1.write(to: &$0) }
        image.write(cost)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        comparisons = try reader.list("comparisons of a condition", in: 1...PlanBounds.steps) {
            reader throws(PlanError) in
            try Comparison(from: &reader, counts)
        }
        steps = try reader.list("steps of a condition", in: 1...PlanBounds.steps) { reader throws(PlanError) in
            try Step(from: &reader)
        }
        cost = try reader.integer("a condition's cost")
    }
}

extension Condition {
    /// The condition that `reader` has next, or nil when it has none.
    static func optional(
        from reader: inout ImageReader, _ part: String, _ counts: PlanCounts
    ) throws(PlanError) -> Condition? {
        try reader.flag(part) ? try Condition(from: &reader, counts) : nil
    }
}

extension Condition.Step {
    func write(to image: inout ImageWriter) {
        switch self {
        case .test(let number):
            image.write(1 as UInt8)
            image.write(number: number)
        case .not:
            image.write(2 as UInt8)
        case .jumpIfFalse(let target):
            image.write(3 as UInt8)
            image.write(number: target)
        case .jumpIfTrue(let target):
            image.write(4 as UInt8)
            image.write(number: target)
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        switch try reader.byte("a condition's step") {
        case 1: self = .test(try reader.reference("a condition's test", below: PlanBounds.steps))
        case 2: self = .not
        case 3: self = .jumpIfFalse(try reader.reference("a condition's jump", below: PlanBounds.steps + 1))
        case 4: self = .jumpIfTrue(try reader.reference("a condition's jump", below: PlanBounds.steps + 1))
        default: throw .outOfRange("a condition's step")
        }
    }
}

extension Comparison {
    func write(to image: inout ImageWriter) {
        subject.field.write(to: &image)
        image.write(subject.isLowercased)
        image.write(subject.measure.rawValue)
        image.write(quantifier.rawValue)
        image.write(comparator.rawValue)
        operand.write(to: &image)
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        let field = try RequestField(from: &reader)
        let isLowercased = try reader.flag("a comparison's subject")
        subject = Subject(field, try reader.choice("a comparison's subject"), isLowercased: isLowercased)
        quantifier = try reader.choice("a comparison's quantifier")
        comparator = try reader.choice("a comparison's operator")
        operand = try Operand(from: &reader, counts)
    }
}

extension RequestField {
    func write(to image: inout ImageWriter) {
        switch self {
        case .path: image.write(1 as UInt8)
        case .query: image.write(2 as UInt8)
        case .queryParameter(let name): image.write(3, name)
        case .header(let name): image.write(4, name)
        case .cookie(let name): image.write(5, name)
        case .method: image.write(6 as UInt8)
        case .host: image.write(7 as UInt8)
        case .scheme: image.write(8 as UInt8)
        case .port: image.write(9 as UInt8)
        case .client: image.write(10 as UInt8)
        case .tlsVersion: image.write(11 as UInt8)
        case .length: image.write(12 as UInt8)
        case .time: image.write(13 as UInt8)
        case .weekday: image.write(14 as UInt8)
        }
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        switch try reader.byte("a comparison's field") {
        case 1: self = .path
        case 2: self = .query
        case 3: self = .queryParameter(try reader.octets("a parameter's name", limit: PlanBounds.name))
        case 4: self = .header(try reader.octets("a header's name", limit: PlanBounds.name))
        case 5: self = .cookie(try reader.octets("a cookie's name", limit: PlanBounds.name))
        case 6: self = .method
        case 7: self = .host
        case 8: self = .scheme
        case 9: self = .port
        case 10: self = .client
        case 11: self = .tlsVersion
        case 12: self = .length
        case 13: self = .time
        case 14: self = .weekday
        default: throw .outOfRange("a comparison's field")
        }
    }
}

extension Comparison.Operand {
    func write(to image: inout ImageWriter) {
        switch self {
        case .nothing: image.write(0 as UInt8)
        case .text(let text): image.write(1, text)
        case .texts(let texts):
            image.write(2 as UInt8)
            image.write(list: texts) { $0.write($1) }
        case .list(let number):
            image.write(3 as UInt8)
            image.write(number: number)
        case .pattern(let pattern): image.write(4, pattern)
        case .number(let number):
            image.write(5 as UInt8)
            image.write(number)
        case .ranges(let ranges):
            image.write(6 as UInt8)
            image.write(list: ranges) { image, range in
                image.write(range.lowerBound)
                image.write(range.upperBound)
            }
        case .addresses(let networks, let blocks):
            image.write(7 as UInt8)
            image.write(list: networks) { $0.write(number: $1) }
            image.write(list: blocks) { $1.write(to: &$0) }
        }
    }

    init(from reader: inout ImageReader, _ counts: PlanCounts) throws(PlanError) {
        switch try reader.byte("a comparison's operand") {
        case 0: self = .nothing
        case 1: self = .text(try reader.octets("a comparison's text", limit: PlanBounds.operand))
        case 2:
            self = .texts(
                try reader.list("texts of a comparison", in: 1...PlanBounds.texts) { reader throws(PlanError) in
                    try reader.octets("a comparison's text", limit: PlanBounds.operand)
                })
        case 3: self = .list(try reader.reference("a comparison's list", below: counts.lists))
        case 4: self = .pattern(try reader.octets("a regular expression", limit: PlanBounds.operand))
        case 5: self = .number(try reader.integer("a comparison's number"))
        case 6:
            self = .ranges(
                try reader.list("ranges of a comparison", in: 1...PlanBounds.texts) { reader throws(PlanError) in
                    let first: UInt64 = try reader.integer("a comparison's range")
                    let last: UInt64 = try reader.integer("a comparison's range")
                    if first > last { throw .outOfRange("a comparison's range") }
                    return first...last
                })
        case 7:
            self = .addresses(
                networks: try reader.list("networks of a comparison", in: 0...PlanBounds.networks) {
                    reader throws(PlanError) in
                    try reader.reference("a comparison's network", below: counts.networks)
                },
                blocks: try reader.list("blocks of a comparison", in: 0...PlanBounds.blocks) {
                    reader throws(PlanError) in
                    try AddressBlock(from: &reader)
                })
        default: throw .outOfRange("a comparison's operand")
        }
    }
}

extension TextList {
    func write(to image: inout ImageWriter) {
        image.write(name)
        image.write(list: texts) { $0.write($1) }
        position.write(to: &image)
    }

    init(from reader: inout ImageReader) throws(PlanError) {
        name = try reader.text("a list's name", limit: PlanBounds.name)
        texts = try reader.list("texts of a list", in: 1...PlanBounds.texts) { reader throws(PlanError) in
            try reader.octets("a list's text", limit: PlanBounds.operand)
        }
        position = try SourcePosition(from: &reader)
    }
}
