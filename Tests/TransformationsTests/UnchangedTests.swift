import Testing
import Transformations

@Suite("Every transformation")
struct UnchangedTests {
    private static let alphabet = Array("aZ09 %u+&#;x\\/.*-<!>()\t\n\"'^,=[]_\u{0}é漢".utf8) + [0xff, 0x80, 0xa0, 0xf0, 0xed]

    @Test("says unchanged exactly when output equals input, and stays within its capacity", arguments: Transformation.allCases)
    func truth(_ transformation: Transformation) {
        var random = SplitMix(state: UInt64(transformation.rawValue) + 1)
        let map = UnicodeMap(codePage20127: ())
        for _ in 0..<4_000 {
            let input = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
                Self.alphabet.randomElement(using: &random)!
            }
            let result = transformed(input, by: transformation, unicode: map)
            #expect(result.outcome != .exceeded, "\(transformation) \(input)")
            #expect((result.outcome == .unchanged) == (result.output == input), "\(transformation) \(input)")
            if result.outcome != .unchanged {
                #expect(transformation.mayChange(ByteSet(of: input.span)), "\(transformation) \(input)")
            }
        }
    }

    @Test("never writes past memory that is too small", arguments: Transformation.allCases)
    func room(_ transformation: Transformation) {
        var random = SplitMix(state: UInt64(transformation.rawValue) + 100)
        for _ in 0..<1_000 {
            let input = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
                Self.alphabet.randomElement(using: &random)!
            }
            let whole = transformed(input, by: transformation)
            let room = Int.random(in: 0...24, using: &random)
            let result = transformed(input, by: transformation, room: room)
            if whole.output.count <= room && result.outcome != .exceeded {
                #expect(result.output == whole.output, "\(transformation) \(input)")
            } else if result.outcome != .exceeded {
                #expect(result.outcome == .unchanged && whole.outcome == .unchanged, "\(transformation) \(input)")
            }
        }
    }

    @Test("has one name, which finds it in any letter case", arguments: Transformation.allCases)
    func name(_ transformation: Transformation) {
        let name = transformation.name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
        #expect(SharedCaseTests.transformation(name) == transformation)
        #expect(SharedCaseTests.transformation(name.uppercased()) == transformation)
        #expect(SharedCaseTests.transformation(name + "x") == nil)
    }

    @Test("the two spellings of normalise are one")
    func spellings() {
        #expect(SharedCaseTests.transformation("normalisePath") == .normalizePath)
        #expect(SharedCaseTests.transformation("normalisePathWin") == .normalizePathWin)
    }
}
