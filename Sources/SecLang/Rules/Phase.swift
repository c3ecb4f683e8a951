/// When a rule runs. The raw value is its number in the language.
public enum Phase: Int, CaseIterable, Sendable {
    /// The head of the request is there.
    case requestHeaders = 1

    /// The body of the request is there.
    case requestBody = 2

    /// The head of the response is there.
    case responseHeaders = 3

    /// The body of the response is there.
    case responseBody = 4

    /// The exchange is over.
    case logging = 5

    /// The phase that a number or one of the words `request`, `response` and `logging` names.
    static func named(_ text: String) -> Phase? {
        switch text.lowercased() {
        case "request": .requestBody
        case "response": .responseBody
        case "logging": .logging
        default: Int(text).flatMap(Phase.init(rawValue:))
        }
    }
}
