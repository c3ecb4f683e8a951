import Sandbox

/// What the kernel says of one process at one moment. What the caller may not see is nil.
struct ProcessSnapshot: Equatable, Sendable {
    let pid: Int32
    var status: ProcessStatus
    /// Device and inode of each namespace, by its name under `/proc/PID/ns`.
    var namespaces: [String: [UInt64]]?
    /// What stands in its root folder.
    var rootEntries: [String]?
    var descriptors: [OpenDescriptor]?

    /// A line of `/proc/PID/fd`.
    struct OpenDescriptor: Equatable, Sendable {
        let number: Int32
        let target: String

        var kind: Promise.DescriptorKind { Promise.DescriptorKind(number: number, target: target) }
    }

    /// How many descriptors of each kind are open, in words.
    var descriptorSummary: String {
        guard let descriptors else { return "not visible" }
        return Promise.DescriptorKind.allCases.compactMap { kind in
            let count = descriptors.count { $0.kind == kind }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }.joined(separator: ", ")
    }
}
