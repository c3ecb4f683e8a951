/// Pipelines of transformations that share what they begin with: each node is one transformation of what its parent
/// yields, so that a value is transformed once for all rules that ask for it.
public struct TransformationTree: Sendable {
    /// One step.
    public struct Node: Equatable, Sendable {
        /// The node whose result is transformed; a parent has a smaller number than its children.
        public let parent: Int

        /// What is done to it.
        public let transformation: Transformation
    }

    /// The nodes. Node 0 is the value as it came in; its own transformation means nothing.
    public private(set) var nodes: [Node] = [Node(parent: 0, transformation: .lowercase)]

    private var children: [[Transformation: Int]] = [[:]]

    /// The tree of the value as it came in.
    public init() {}

    /// The node of a pipeline, which is added if it is not there.
    public mutating func insert(_ pipeline: [Transformation]) -> Int {
        var node = 0
        for transformation in pipeline {
            if let next = children[node][transformation] {
                node = next
            } else {
                nodes.append(Node(parent: node, transformation: transformation))
                children.append([:])
                children[node][transformation] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        return node
    }

    /// The pipeline that ends in a node.
    public func pipeline(of node: Int) -> [Transformation] {
        var pipeline: [Transformation] = []
        var node = node
        while node != 0 {
            pipeline.append(nodes[node].transformation)
            node = nodes[node].parent
        }
        return pipeline.reversed()
    }
}
