/// Why a command could not be done: the place, the cause, the remedy.
struct OperatorError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
