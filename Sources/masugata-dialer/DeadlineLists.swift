/// Deadlines of numbered things. Things that have the same time allowed are in one list, oldest first, so that adding,
/// removing and finding the next one that is due cost the same however many there are.
struct DeadlineLists {
    private struct Link {
        var deadline: UInt64 = 0
        var list = -1
        var previous = -1
        var next = -1
    }

    private struct List {
        var allowed: UInt64
        var first = -1
        var last = -1
    }

    private var links: [Link] = []
    private var lists: [List] = []

    /// The earliest deadline; nil when there is none.
    var earliest: UInt64? { lists.lazy.filter { $0.first >= 0 }.map { links[$0.first].deadline }.min() }

    /// Gives number `item` the time `allowed` from `now` on. It must have no deadline yet.
    mutating func add(_ item: Int, now: UInt64, allowed: UInt64) {
        while links.count <= item { links.append(Link()) }
        precondition(links[item].list < 0)
        let list = number(allowed)
        links[item] = Link(deadline: now + allowed, list: list, previous: lists[list].last, next: -1)
        if lists[list].last >= 0 { links[lists[list].last].next = item } else { lists[list].first = item }
        lists[list].last = item
    }

    /// Number `item` has no deadline any more.
    mutating func remove(_ item: Int) {
        let link = links[item]
        if link.list < 0 { return }
        if link.previous >= 0 { links[link.previous].next = link.next } else { lists[link.list].first = link.next }
        if link.next >= 0 { links[link.next].previous = link.previous } else { lists[link.list].last = link.previous }
        links[item] = Link()
    }

    /// Removes and answers one whose deadline has come.
    mutating func takeDue(_ now: UInt64) -> Int? {
        for list in lists where list.first >= 0 && links[list.first].deadline <= now {
            remove(list.first)
            return list.first
        }
        return nil
    }

    /// The list of those with this time allowed; an empty one takes on another time.
    private mutating func number(_ allowed: UInt64) -> Int {
        if let list = lists.firstIndex(where: { $0.allowed == allowed }) { return list }
        if let empty = lists.firstIndex(where: { $0.first < 0 }) {
            lists[empty].allowed = allowed
            return empty
        }
        lists.append(List(allowed: allowed))
        return lists.count - 1
    }
}
