/// The three words of JSON.
enum Literal: UInt8 {
    case `true`, `false`, null

    var text: StaticString {
        switch self {
        case .true: "true"
        case .false: "false"
        case .null: "null"
        }
    }
}
