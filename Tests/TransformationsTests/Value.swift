import Bytes
import Transformations

/// A transformation's result as an array: nil for unchanged.
func transformed(
    _ input: [UInt8], by transformation: Transformation, unicode: borrowing UnicodeMap = UnicodeMap(), room: Int? = nil
) -> (outcome: Outcome, output: [UInt8]) {
    var memory = [UInt8](repeating: 0xaa, count: room ?? transformation.capacity(for: input.count))
    var span = memory.mutableSpan
    let outcome = transformation.apply(input.span, to: &span, unicode: unicode)
    switch outcome {
    case .unchanged: return (outcome, input)
    case .changed(let count): return (outcome, Array(memory[0..<count]))
    case .exceeded: return (outcome, [])
    }
}

/// As above, of text.
func transformed(_ input: String, by transformation: Transformation) -> String {
    String(decoding: transformed(Array(input.utf8), by: transformation).output, as: UTF8.self)
}
