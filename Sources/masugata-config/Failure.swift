/// Why nothing could be compiled, apart from mistakes in the policy.
struct Failure: Error {
    let text: String
    init(_ text: String) { self.text = text }
}
