/// Why an image is not a plan. Each reason names the part of the plan that is wrong.
public enum PlanError: Error, Equatable, Sendable {
    /// The image is larger than ``PlanBounds/image``.
    case tooLarge

    /// The image does not begin as one.
    case notAPlan

    /// The image was written by another version of the appliance.
    case unknownFormat(UInt16)

    /// The image ends inside this part.
    case truncated(String)

    /// Bytes follow the plan.
    case trailingBytes(Int)

    /// There are more (or fewer) of these than may be.
    case badCount(String)

    /// A text is too long, empty, or not made as texts of this kind are.
    case badText(String)

    /// A number stands for nothing in the plan.
    case badReference(String)

    /// A value is outside its range.
    case outOfRange(String)

    /// Two things that must differ are the same.
    case duplicate(String)
}

extension PlanError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge: "the plan is larger than \(PlanBounds.image) bytes"
        case .notAPlan: "this is not a compiled plan"
        case .unknownFormat(let format): "the plan has format \(format), which another version of Masugata wrote"
        case .truncated(let part): "the plan ends inside \(part)"
        case .trailingBytes(let count): "\(count) bytes follow the plan"
        case .badCount(let part): "the number of \(part) is out of range"
        case .badText(let part): "\(part) is not well formed"
        case .badReference(let part): "\(part) refers to something that is not in the plan"
        case .outOfRange(let part): "\(part) is out of range"
        case .duplicate(let part): "\(part) stands in the plan twice"
        }
    }
}
