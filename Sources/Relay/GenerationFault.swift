/// Why a plan cannot be served.
struct GenerationFault: Error {
    /// What is wrong, for diagnostics.
    let text: String

    init(_ text: String) { self.text = text }
}
