/// Why a generation is not taken.
struct Refusal: Error {
    /// What to tell the operator.
    let text: String

    init(_ text: String) { self.text = text }
}
