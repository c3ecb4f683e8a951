import Sys

/// Why something cannot be served: the file or address, the cause, the remedy, in one text for the operator.
struct Failure: Error, Equatable {
    let text: String

    init(_ text: String) { self.text = text }

    /// Does `body`; what it throws becomes a failure about `subject`.
    static func about<Value: ~Copyable>(
        _ subject: String, _ body: () throws(Errno) -> Value
    ) throws(Failure) -> Value {
        do throws(Errno) {
            return try body()
        } catch {
            throw Failure("\(subject): \(error)")
        }
    }
}
