import Bytes

/// Tries over lists of texts: does a value begin with one of them, end with one, or hold one somewhere?
///
/// The nodes of a trie stand level by level, so that the children of a node are neighbours and those of the next node
/// follow: nine bytes for a node, whatever branches it has. A trie for `contains` also has the links of Aho and Corasick
/// (1975), by which a search reads every byte of the value once. A node where a text ends has no children: what is
/// longer would be found no sooner.
struct TextTries: ~Copyable {
    /// For each node, where its children begin; they end where those of the next node begin.
    private let children: Slab<UInt32>

    /// For each node, the byte that leads to it.
    private let bytes: Slab<UInt8>

    /// For each node, that of the longest ending of its text which is another's beginning; ``matched`` for a node where
    /// a text, or an ending that is one, ends.
    private let links: Slab<UInt32>

    /// For each trie, its root.
    private let roots: Slab<UInt32>

    /// What stands in place of a link where the search has found something.
    static var matched: UInt32 { .max }

    init(_ builder: consuming TextTrieBuilder) {
        roots = Slab(builder.roots, empty: 0)
        // One more, where the children of the last node end.
        children = Slab(builder.children + [UInt32(builder.bytes.count)], empty: 0)
        bytes = Slab(builder.bytes, empty: 0)
        links = Slab(builder.links, empty: 0)
    }

    /// Whether one of the texts of `trie` stands somewhere in `value`.
    func isContained(_ trie: Int, in value: Span<UInt8>) -> Bool {
        let root = Int(roots[trie])
        var node = root
        var index = 0
        while index < value.count {
            if node == root {
                index = firstCandidate(of: root, in: value, from: index)
                if index == value.count { return false }
            }
            while true {
                if let next = child(of: node, value[index]) {
                    node = next
                    break
                }
                if node == root { break }
                node = Int(links[node])
            }
            if links[node] == TextTries.matched { return true }
            index &+= 1
        }
        return false
    }

    /// Whether `value` begins with one of the texts of `trie`.
    func isBeginning(_ trie: Int, of value: Span<UInt8>) -> Bool {
        var node = Int(roots[trie])
        for index in value.indices {
            guard let next = child(of: node, value[index]) else { return false }
            if links[next] == TextTries.matched { return true }
            node = next
        }
        return false
    }

    /// Whether `value` ends with one of the texts of `trie`, which was made of them backwards.
    func isEnding(_ trie: Int, of value: Span<UInt8>) -> Bool {
        var node = Int(roots[trie])
        var index = value.count
        while index > 0 {
            index &-= 1
            guard let next = child(of: node, value[index]) else { return false }
            if links[next] == TextTries.matched { return true }
            node = next
        }
        return false
    }

    /// Where the next byte stands with which a text begins. With one such byte most of a value is passed over by words.
    private func firstCandidate(of root: Int, in value: Span<UInt8>, from start: Int) -> Int {
        let first = Int(children[root])
        if Int(children[root &+ 1]) &- first != 1 { return start }
        return ByteSearch.first(bytes[first], in: value, from: start)
    }

    /// The child of `node` to which `byte` leads.
    private func child(of node: Int, _ byte: UInt8) -> Int? {
        var low = Int(children[node])
        var high = Int(children[node &+ 1])
        while low < high {
            let middle = (low &+ high) &>> 1
            let there = bytes[middle]
            if there == byte { return middle }
            if there < byte { low = middle &+ 1 } else { high = middle }
        }
        return nil
    }
}
