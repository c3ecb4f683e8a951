/// As much of JSON as the published cases use.
enum JSON {
    case string([UInt8])
    case number(Int)
    case array([JSON])
    case object([String: JSON])

    var text: [UInt8]? { if case .string(let text) = self { text } else { nil } }
    var int: Int? { if case .number(let value) = self { value } else { nil } }
    var items: [JSON] { if case .array(let items) = self { items } else { [] } }
    subscript(_ key: String) -> JSON? { if case .object(let members) = self { members[key] } else { nil } }

    struct Malformed: Error { let offset: Int }

    static func parse(_ bytes: [UInt8]) throws -> JSON {
        var parser = Parser(bytes: bytes)
        return try parser.value()
    }

    private struct Parser {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func value() throws -> JSON {
            switch try next() {
            case UInt8(ascii: "{"): return .object(try members())
            case UInt8(ascii: "["): return .array(try elements())
            case UInt8(ascii: "\""): return .string(try string())
            default:
                index -= 1
                let start = index
                while index < bytes.count, "-0123456789".utf8.contains(bytes[index]) { index += 1 }
                guard let number = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
                    throw Malformed(offset: index)
                }
                return .number(number)
            }
        }

        private mutating func members() throws -> [String: JSON] {
            var members: [String: JSON] = [:]
            if try peek() == UInt8(ascii: "}") { index += 1; return members }
            repeat {
                try expect("\"")
                let key = String(decoding: try string(), as: UTF8.self)
                try expect(":")
                members[key] = try value()
            } while try next() == UInt8(ascii: ",")
            return members
        }

        private mutating func elements() throws -> [JSON] {
            var elements: [JSON] = []
            if try peek() == UInt8(ascii: "]") { index += 1; return elements }
            repeat { elements.append(try value()) } while try next() == UInt8(ascii: ",")
            return elements
        }

        private mutating func string() throws -> [UInt8] {
            var raw: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] != UInt8(ascii: "\\") {
                    raw.append(bytes[index])
                    index += 1
                    continue
                }
                index += 2
                let kind = bytes[index - 1]
                switch kind {
                case UInt8(ascii: "n"): raw.append(10)
                case UInt8(ascii: "t"): raw.append(9)
                case UInt8(ascii: "r"): raw.append(13)
                case UInt8(ascii: "b"): raw.append(8)
                case UInt8(ascii: "f"): raw.append(12)
                case UInt8(ascii: "u"):
                    let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
                    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                        throw Malformed(offset: index)
                    }
                    index += 4
                    raw += Array(String(Character(scalar)).utf8)
                default: raw.append(kind)
                }
            }
            index += 1
            return raw
        }

        private mutating func peek() throws -> UInt8 {
            while index < bytes.count, bytes[index] <= 0x20 { index += 1 }
            guard index < bytes.count else { throw Malformed(offset: index) }
            return bytes[index]
        }

        private mutating func next() throws -> UInt8 {
            let byte = try peek()
            index += 1
            return byte
        }

        private mutating func expect(_ character: Unicode.Scalar) throws {
            guard try next() == UInt8(character.value) else { throw Malformed(offset: index) }
        }
    }
}
