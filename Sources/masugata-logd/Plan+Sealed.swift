internal import Plan
internal import Sys

/// Why a plan that was handed over cannot be used.
struct PlanFault: Error {
    let text: String
}

extension Plan {
    /// Decodes the plan in a memory file that nobody can change any more.
    init(sealed file: consuming Descriptor?) throws(PlanFault) {
        guard let file = consume file else { throw PlanFault(text: "no plan came") }
        if !MemoryFile.isSealed(file.raw) { throw PlanFault(text: "the plan can still be changed") }
        do {
            let image = try File.contents(file.raw, limit: PlanBounds.image)
            self = try Plan(decoding: image.span)
        } catch {
            throw PlanFault(text: "the plan cannot be used: \(error)")
        }
    }
}
