import Bodies
import Testing

@Suite("Bodies of chance")
struct MutationTests {
    /// Bytes that mean something to one of the processors.
    private static let alphabet = utf8("<>&;'\"=-[]{}:,\\/!?% \r\n\tabxu019#.+")

    private func mutate(_ body: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
        var body = body
        for _ in 0..<Int.random(in: 1...4, using: &numbers) {
            let place = body.isEmpty ? 0 : Int.random(in: 0..<body.count, using: &numbers)
            let byte =
                Bool.random(using: &numbers)
                ? Self.alphabet.randomElement(using: &numbers) ?? 0 : UInt8.random(in: 0...255, using: &numbers)
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0 where !body.isEmpty: body[place] = byte
            case 1 where !body.isEmpty: body.remove(at: place)
            case 2:
                let end = min(body.count, place + Int.random(in: 0...12, using: &numbers))
                body.insert(contentsOf: body[place..<end], at: place)
            default: body.insert(byte, at: place)
            }
        }
        return body
    }

    @Test("no mutation traps, and every one gives the same in one part and in several", arguments: Samples.all)
    func mutations(sample: Samples.Sample) {
        var numbers = Numbers(UInt64(sample.body.count))
        for _ in 0..<600 {
            let body = mutate(sample.body, &numbers)
            let whole = read(sample.processor, body, contentType: sample.type, limits: Samples.limits)
            #expect(whole.report.received == body.count)
            #expect((0...body.count).contains(whole.report.inspected))
            for value in whole.values {
                #expect(value.origin.upperBound <= body.count)
            }
            let cuts = (0..<3).map { _ in Int.random(in: 0...body.count, using: &numbers) }.sorted()
            let parts = read(sample.processor, body, contentType: sample.type, limits: Samples.limits, cuts: cuts)
            #expect(parts == whole, "\(body), cut at \(cuts)")
        }
    }

    @Test("no Content-Type traps")
    func contentTypes() {
        var numbers = Numbers(7)
        let type = utf8("multipart/form-data; boundary=\"--x-y\"")
        for _ in 0..<2000 {
            let mutated = mutate(type, &numbers)
            let limits = Samples.limits
            var reader = BodyReader(limits, seed: 1)
            var store = ValueStore(limits)
            reader.start(.multipart, contentType: mutated.span, into: &store)
            let body = utf8("----x-y\r\n")
            reader.take(body.span, into: &store)
            reader.finish(into: &store)
            #expect(reader.report.isError)
            #expect(MediaType.essence(of: mutated.span).upperBound <= mutated.count)
        }
    }
}
