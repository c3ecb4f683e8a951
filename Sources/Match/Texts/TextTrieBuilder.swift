/// Makes the flat nodes of ``TextTries``.
struct TextTrieBuilder {
    private(set) var children: [UInt32] = []
    private(set) var bytes: [UInt8] = []
    private(set) var links: [UInt32] = []
    private(set) var roots: [UInt32] = []

    /// Texts that are equal up to here, in order, below one node.
    private struct Branch {
        let texts: ArraySlice<[UInt8]>
        let parent: Int
    }

    /// Adds a trie of `texts`, none of which is empty. Answers its number.
    /// - Parameter isLinked: whether it is to be searched for within values.
    mutating func add(_ texts: [[UInt8]], isLinked: Bool) -> Int {
        let root = bytes.count
        roots.append(UInt32(root))
        let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
        var level = [Branch(texts: sorted[...], parent: root)]
        append(byte: 0, isEnd: false)
        var depth = 0
        while !level.isEmpty {
            level = addChildren(of: level, at: depth, isLinked ? root : nil)
            depth += 1
        }
        return roots.count - 1
    }

    /// Adds the children of all nodes of a level, whose branches are in the order of the nodes.
    private mutating func addChildren(of level: [Branch], at depth: Int, _ root: Int?) -> [Branch] {
        var next: [Branch] = []
        for branch in level {
            children[branch.parent] = UInt32(bytes.count)
            // Where a search has found something, it goes no further.
            if links[branch.parent] == TextTries.matched { continue }
            var start = branch.texts.startIndex
            while start < branch.texts.endIndex {
                let byte = branch.texts[start][depth]
                var end = start + 1
                while end < branch.texts.endIndex && branch.texts[end][depth] == byte { end += 1 }
                let isEnd = branch.texts[start].count == depth + 1
                next.append(Branch(texts: branch.texts[start..<end], parent: bytes.count))
                append(byte: byte, isEnd: isEnd)
                start = end
            }
        }
        if let root { link(level, at: depth, root) }
        return next
    }

    private mutating func append(byte: UInt8, isEnd: Bool) {
        children.append(0)
        bytes.append(byte)
        links.append(isEnd ? TextTries.matched : 0)
    }

    /// Links the children of a level's nodes. Those of the levels above are linked already.
    private mutating func link(_ level: [Branch], at depth: Int, _ root: Int) {
        for (place, branch) in level.enumerated() {
            let first = Int(children[branch.parent])
            let end = place + 1 < level.count ? Int(children[level[place + 1].parent]) : bytes.count
            for child in first..<end where links[child] != TextTries.matched {
                let target = depth == 0 ? root : target(of: bytes[child], from: branch.parent, root)
                links[child] = links[target] == TextTries.matched ? TextTries.matched : UInt32(target)
            }
        }
    }

    /// The node of the longest ending of `parent`'s text with `byte` behind it that is in the trie.
    private func target(of byte: UInt8, from parent: Int, _ root: Int) -> Int {
        var node = parent
        while node != root {
            node = Int(links[node])
            let first = Int(children[node])
            // The node after it stands on the same level or is the first of the next, and has its place already.
            let end = Int(children[node + 1])
            if let found = (first..<end).first(where: { bytes[$0] == byte }) { return found }
        }
        return root
    }
}
