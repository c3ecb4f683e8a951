/// Why a plan that was handed over cannot be used.
public struct PlanFault: Error {
    /// What is wrong, for diagnostics.
    public let text: String

    init(_ text: String) { self.text = text }
}
