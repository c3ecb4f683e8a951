import Bytes
import HTTPModel
import Plan

extension ConditionStep {
    /// Says by which bits of the request the test of this step fails, where there are such.
    mutating func setGate(for test: ConditionTest, of field: RequestField) {
        switch field {
        case .path, .query, .host: if test.isPlain { setEnds(for: test) }
        case .header(let name), .cookie(let name), .queryParameter(let name):
            // Without a value these may hold.
            if test.isForAll || test.measure == .count { return }
            setName(name, for: test)
        default: break
        }
    }

    /// The bytes that the value has to begin or end with.
    private mutating func setEnds(for test: ConditionTest) {
        let isEnd = test.comparison == .endsText
        if !isEnd && test.comparison != .startsText && test.comparison != .equalText { return }
        switch test.field {
        case .path: gate = isEnd ? .pathEnd : .pathStart
        case .query: gate = isEnd ? .queryEnd : .queryStart
        default: gate = isEnd ? .hostEnd : .hostStart
        }
        word = test.word
        mask = test.comparison == .equalText ? .max : test.mask
    }

    /// The name without which there is no value.
    private mutating func setName(_ name: [UInt8], for test: ConditionTest) {
        switch test.field {
        case .cookie: gate = .cookies
        case .queryParameter: gate = .parameters
        default: gate = test.header == .other ? .otherFields : .recognisedFields
        }
        mask =
            gate == .recognisedFields ? 1 << UInt64(test.header.rawValue) : RequestMarks.bit(ofName: name.span)
        word = mask
    }
}
