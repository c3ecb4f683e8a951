internal import Bytes

/// The dynamic table (RFC 7541 section 2.3.2): the fields that were seen last, newest first.
///
/// Names and values lie in a ring of bytes, the entries in a ring of places; both are allocated once, for the hard
/// cap, whatever the other end asks for.
struct DynamicTable: ~Copyable {
    /// Where an entry's bytes stand in the ring: the name, and the value behind it.
    struct Entry: BitwiseCopyable {
        var start: UInt32 = 0
        var nameCount: UInt32 = 0
        var valueCount: UInt32 = 0
    }

    private var bytes: Slab<UInt8>
    private var entries: Slab<Entry>
    /// The place of the newest entry.
    private var newest = 0
    /// Where the bytes of the next entry go.
    private var end = 0

    /// The number of entries.
    private(set) var count = 0
    /// The sum of the entries' sizes (RFC 7541 section 4.1).
    private(set) var size = 0
    /// What ``size`` is kept at or below.
    private(set) var maximum: Int

    /// What every entry counts besides its bytes (RFC 7541 section 4.1).
    static var overhead: Int { 32 }

    /// Memory for a table of at most `capacity` octets, as RFC 7541 section 4.1 counts them.
    init(capacity: Int) {
        precondition(capacity >= 0 && capacity < Int(UInt32.max))
        bytes = Slab(capacity: capacity, repeating: 0)
        entries = Slab(capacity: capacity / DynamicTable.overhead, repeating: Entry())
        maximum = capacity
    }

    /// Bytes that a table of `capacity` octets allocates.
    static func memory(capacity: Int) -> Int {
        capacity + capacity / overhead * MemoryLayout<Entry>.stride
    }

    /// The hard cap.
    var capacity: Int { bytes.capacity }

    /// Keeps the table at or below `maximum` from now on, which is not above ``capacity``.
    mutating func resize(to maximum: Int) {
        precondition(maximum >= 0 && maximum <= capacity)
        self.maximum = maximum
        evict(for: 0)
    }

    /// Adds a field in front, and drops the oldest ones for it; all of them when it does not fit alone.
    mutating func insert(name: Span<UInt8>, value: Span<UInt8>) {
        let octets = name.count &+ value.count &+ DynamicTable.overhead
        evict(for: octets)
        if octets > maximum { return }
        newest = newest == 0 ? entries.capacity &- 1 : newest &- 1
        entries[newest] = Entry(
            start: UInt32(truncatingIfNeeded: end), nameCount: UInt32(truncatingIfNeeded: name.count),
            valueCount: UInt32(truncatingIfNeeded: value.count))
        store(name)
        store(value)
        count &+= 1
        size &+= octets
    }

    /// As ``insert(name:value:)``, with the letters of `foldedName` in lower case.
    mutating func insert(foldedName: Span<UInt8>, value: Span<UInt8>) {
        let start = end
        insert(name: foldedName, value: value)
        if count == 0 { return }
        var place = start
        for _ in foldedName.indices {
            bytes[place] = ASCII.lowercased(bytes[place])
            place = wrapped(place &+ 1, bytes.capacity)
        }
    }

    /// Drops everything; what an entry that is larger than the table does (RFC 7541 section 4.4).
    mutating func clear() {
        count = 0
        size = 0
    }

    /// The entry at `index`, 0 being the newest; nil when there are not so many.
    func entry(_ index: Int) -> Entry? {
        index < count ? entries[wrapped(newest &+ index, entries.capacity)] : nil
    }

    /// Copies the `count` bytes of the ring from `start` on to `place` of `output`.
    func copy(from start: Int, count: Int, to output: inout Slab<UInt8>, at place: Int) {
        if count == 0 { return }
        let from = wrapped(start, bytes.capacity)
        let first = min(count, bytes.capacity &- from)
        output.copy(bytes.span(from, from &+ first), at: place)
        output.copy(bytes.span(0, count &- first), at: place &+ first)
    }

    /// The index of an entry with this name, and whether its value is also the one given; nil when there is none.
    /// Letter case of `name` does not count.
    func find(name: Span<UInt8>, value: Span<UInt8>) -> (index: Int, hasValue: Bool)? {
        var found: Int?
        for index in 0..<count {
            let entry = entries[wrapped(newest &+ index, entries.capacity)]
            if Int(entry.nameCount) != name.count || !equals(Int(entry.start), name, folds: true) { continue }
            let start = Int(entry.start) &+ Int(entry.nameCount)
            if Int(entry.valueCount) == value.count && equals(start, value, folds: false) { return (index, true) }
            if found == nil { found = index }
        }
        return found.map { ($0, false) }
    }

    private mutating func evict(for octets: Int) {
        while count > 0 && size > maximum &- octets {
            let oldest = entries[wrapped(newest &+ count &- 1, entries.capacity)]
            size &-= Int(oldest.nameCount) &+ Int(oldest.valueCount) &+ DynamicTable.overhead
            count &-= 1
        }
    }

    private mutating func store(_ text: Span<UInt8>) {
        let first = min(text.count, bytes.capacity &- end)
        bytes.copy(text.extracting(0..<first), at: end)
        bytes.copy(text.extracting(first..<text.count), at: 0)
        end = wrapped(end &+ text.count, bytes.capacity)
    }

    private func equals(_ start: Int, _ text: Span<UInt8>, folds: Bool) -> Bool {
        var place = wrapped(start, bytes.capacity)
        for index in text.indices {
            if bytes[place] != (folds ? ASCII.lowercased(text[index]) : text[index]) { return false }
            place = wrapped(place &+ 1, bytes.capacity)
        }
        return true
    }

    /// `index`, which is below twice `capacity`, in a ring of `capacity` places.
    private func wrapped(_ index: Int, _ capacity: Int) -> Int { index >= capacity ? index &- capacity : index }
}
