internal import Bytes

/// Lists of changes of heads, laid out flat. Whatever its changes say one after the other, a list comes to names whose
/// lines are left out and to lines that are written behind all others; so it is applied while a head is serialised.
public struct FieldEdits: ~Copyable {
    private let lists: Slab<FieldEditList>
    private let lines: Slab<FieldEditLine>
    private let removedNames: Slab<FieldEditLine>
    private let text: Slab<UInt8>

    /// Each of `lists` has its index as its number. Their changes hold in their order.
    public init(_ lists: [[FieldEdit]]) {
        var builder = FieldEditsBuilder()
        for list in lists { builder.add(list) }
        self.lists = FieldEdits.slab(builder.lists, FieldEditList())
        lines = FieldEdits.slab(builder.lines, FieldEditLine())
        removedNames = FieldEdits.slab(builder.removedNames, FieldEditLine())
        text = FieldEdits.slab(builder.text, 0)
    }

    private static func slab<Element: BitwiseCopyable>(_ elements: [Element], _ empty: Element) -> Slab<Element> {
        var slab = Slab(capacity: elements.count, repeating: empty)
        slab.copy(elements.span, at: 0)
        return slab
    }

    /// The list with number `number`.
    public func list(_ number: Int) -> FieldEditList { lists[number] }

    /// Whether `list` leaves out lines with the name `name`, whose tag is `tag`.
    public func removes(_ tag: FieldName, _ name: Span<UInt8>, _ list: FieldEditList) -> Bool {
        if tag != .other && tag != .xForwardedOther { return list.removed.contains(tag) }
        for index in list.firstRemovedName..<list.endOfRemovedNames {
            let line = removedNames[index]
            if Int(line.nameCount) == name.count && ASCII.equalIgnoringCase(name, self.name(of: line)) { return true }
        }
        return false
    }

    /// The lines that `list` adds to every head, each with its CRLF.
    @_lifetime(borrow self)
    public func lines(of list: FieldEditList) -> Span<UInt8> { text.span(list.firstLineByte, list.endOfLineBytes) }

    /// Lines that `list` adds: to every head first, then those that are added unless there is one with the name.
    public func lineCount(of list: FieldEditList) -> Int { list.endOfLines &- list.firstLine }

    /// What is known of the line with number `index` of `list`, below ``lineCount(of:)``.
    public func line(_ index: Int, of list: FieldEditList) -> FieldEditLine { lines[list.firstLine &+ index] }

    /// The name of a line.
    @_lifetime(borrow self)
    public func name(of line: FieldEditLine) -> Span<UInt8> {
        text.span(Int(line.start), Int(line.start) &+ Int(line.nameCount))
    }

    /// A line, `name: value` with its CRLF.
    @_lifetime(borrow self)
    public func bytes(of line: FieldEditLine) -> Span<UInt8> { text.span(Int(line.start), Int(line.end)) }

    /// The `Host` that `list` gives to requests, without its line; empty when it does not change it.
    @_lifetime(borrow self)
    public func host(of list: FieldEditList) -> Span<UInt8> { text.span(list.hostStart, list.hostEnd) }
}

/// One list of ``FieldEdits``: plain numbers that name places in it.
public struct FieldEditList: BitwiseCopyable, Sendable {
    /// The recognised names whose lines are left out.
    public internal(set) var removed = FieldNameSet()

    var firstRemovedName = 0
    var endOfRemovedNames = 0
    var firstLine = 0
    var endOfLines = 0
    var firstLineByte = 0
    var endOfLineBytes = 0
    var hostStart = 0
    var hostEnd = 0

    /// Whether lines are left out whose name is none of the recognised ones.
    public var removesOthers: Bool { endOfRemovedNames > firstRemovedName }

    /// Whether the list gives requests another `Host`.
    public var setsHost: Bool { hostEnd > hostStart }

    /// A list that changes nothing.
    public init() {}
}

/// A line that a list adds, or a name that it removes.
public struct FieldEditLine: BitwiseCopyable, Sendable {
    /// The recognised name.
    public internal(set) var name = FieldName.other

    /// Whether the line is added only where there is none with its name.
    public internal(set) var isProvided = false

    var nameCount: UInt16 = 0
    var start: UInt32 = 0
    var end: UInt32 = 0

    init() {}
}
