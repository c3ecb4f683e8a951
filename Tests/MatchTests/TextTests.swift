import Bytes
import Testing

@testable import Match

@Suite("Many texts at once")
struct TextTests {
    private func texts(_ random: inout SplitMix, _ count: Int, letters: ClosedRange<UInt8>) -> [[UInt8]] {
        (0..<count).map { _ in value(&random, 1...4, letters: letters) }
    }

    private func value(_ random: inout SplitMix, _ length: ClosedRange<Int>, letters: ClosedRange<UInt8>) -> [UInt8] {
        (0..<Int.random(in: length, using: &random)).map { _ in UInt8.random(in: letters, using: &random) }
    }

    @Test("several tries in one table answer as their texts would one after the other", arguments: 0..<20)
    func tries(seed: UInt64) {
        var random = SplitMix(state: seed)
        // Zero is what stands at the roots.
        let letters: ClosedRange<UInt8> = seed % 2 == 0 ? 0...2 : 0...255
        var builder = TextTrieBuilder()
        let lists = (0..<6).map { _ in texts(&random, Int.random(in: 1...30, using: &random), letters: letters) }
        for list in lists {
            _ = builder.add(list, isLinked: true)
            _ = builder.add(list, isLinked: false)
            _ = builder.add(list.map { $0.reversed() }, isLinked: false)
        }
        let tries = TextTries(builder)
        for _ in 0..<500 {
            let value = value(&random, 0...12, letters: letters)
            for (number, list) in lists.enumerated() {
                let found = [
                    tries.isContained(3 * number, in: value.span), tries.isBeginning(3 * number + 1, of: value.span),
                    tries.isEnding(3 * number + 2, of: value.span),
                ]
                let expected = [
                    list.contains { text in value.indices.contains { value[$0...].starts(with: text) } },
                    list.contains { value.starts(with: $0) },
                    list.contains { value.reversed().starts(with: $0.reversed()) },
                ]
                #expect(found == expected, "\(value) in \(list)")
            }
        }
    }

    @Test("a text that is another's ending, beginning or middle is found for both")
    func nested() {
        for list in [["abcde", "bcd", "c"], ["c", "bcd", "abcde"], ["abab", "babc"], ["aaa", "a", "aa"]] {
            var builder = TextTrieBuilder()
            let number = builder.add(list.map { Array($0.utf8) }, isLinked: true)
            let tries = TextTries(builder)
            for text in list {
                let isFound = tries.isContained(number, in: Array("xx\(text)yy".utf8).span)
                #expect(isFound, "\(text) in \(list)")
            }
            let others = ["", "x", "bd", "ba", "ab"].filter { tries.isContained(number, in: Array($0.utf8).span) }
            #expect(others == (list.contains("a") ? ["ba", "ab"] : []))
        }
    }

    @Test("sets know their own texts and nobody else's")
    func sets() {
        var random = SplitMix(state: 3)
        let lists = (0..<20).map { _ in Array(Set(texts(&random, 40, letters: 0...3))) }
        let sets = TextSets(lists)
        for _ in 0..<2_000 {
            let value = value(&random, 0...4, letters: 0...3)
            for (number, list) in lists.enumerated() {
                let isFound = sets.contains(value.span, set: number)
                #expect(isFound == list.contains(value))
            }
        }
    }

    @Test("a query of any bytes is taken apart within its room")
    func query() {
        var random = SplitMix(state: 5)
        for limit in [1, 64, 1_024] {
            var query = DecodedQuery(queryLimit: limit)
            for piece in ["a&", "&", "=", "a=", "%", "%4", "%41", "+&", "a"] {
                let text = Array(String(repeating: piece, count: limit).utf8.prefix(limit))
                query.decode(text.span)
                var cursor = ValueCursor()
                var count = 0
                while query.advance(&cursor, to: Array("a".utf8).span) { count += 1 }
                #expect(
                    count == (piece == "a&" ? (limit + 1) / 2 : piece == "a=" || limit == 1 && piece == "a" ? 1 : 0))
            }
            for _ in 0..<200 {
                let text = (0..<limit).map { _ in Array("a=&%4+".utf8).randomElement(using: &random)! }
                query.decode(text.span)
            }
            // One that is longer than the limit allows for has no parameters.
            query.decode(Array(repeating: UInt8(ascii: "a"), count: 4 * limit + 100).span)
            var cursor = ValueCursor()
            let isFound = query.advance(&cursor, to: Array("a".utf8).span)
            #expect(!isFound)
        }
    }
}
