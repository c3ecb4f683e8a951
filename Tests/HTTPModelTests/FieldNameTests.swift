import HTTPModel
import Testing

@Suite("Field names")
struct FieldNameTests {
    @Test("every known name is recognised in lower, upper and mixed case")
    func recognition() {
        for name in FieldName.allCases where !name.text.description.isEmpty {
            let text = name.text.description
            #expect(FieldName(recognising: Array(text.utf8).span) == name, "\(text)")
            #expect(FieldName(recognising: Array(text.uppercased().utf8).span) == name, "\(text)")
            let capitalised = text.prefix(1).uppercased() + text.dropFirst()
            #expect(FieldName(recognising: Array(capitalised.utf8).span) == name, "\(capitalised)")
        }
    }

    @Test("a known name with one byte changed, added or taken away is another name")
    func nearMisses() {
        let known = Set(FieldName.allCases.map { $0.text.description })
        for name in known where !name.isEmpty {
            var variants = [name + "x", String(name.dropLast()), "x" + name]
            for place in name.utf8.indices {
                for letter in ["q", "_", "~", "0"] {
                    variants.append(String(name[..<place]) + letter + String(name[name.utf8.index(after: place)...]))
                }
            }
            for variant in variants where !known.contains(variant) && !variant.hasPrefix("x-forwarded-") {
                #expect(FieldName(recognising: Array(variant.utf8).span) == .other, "\(variant)")
            }
        }
    }

    @Test("the X-Forwarded family is one, whatever it ends with")
    func family() {
        #expect(FieldName(recognising: Array("X-Forwarded-Prefix".utf8).span) == .xForwardedOther)
        #expect(FieldName(recognising: Array("x-forwarded-".utf8).span) == .other)
        #expect(FieldName(recognising: Array("X-Forwarded".utf8).span) == .other)
    }

    @Test("there is a bit for every name in a set")
    func bits() {
        #expect(FieldName.allCases.count <= 64)
        for name in FieldName.allCases {
            var set = FieldNameSet()
            set.insert(name)
            for other in FieldName.allCases { #expect(set.contains(other) == (other == name)) }
        }
    }

    @Test("every registered method is recognised, and only in upper case")
    func methods() {
        for method in Method.allCases where method != .other {
            let text = method.text.description
            #expect(Method(recognising: Array(text.utf8).span) == method)
            #expect(Method(recognising: Array(text.lowercased().utf8).span) == .other)
        }
        #expect(Method(recognising: Array("PRI".utf8).span) == .other)
        #expect(Method(recognising: [UInt8]().span) == .other)
    }
}
