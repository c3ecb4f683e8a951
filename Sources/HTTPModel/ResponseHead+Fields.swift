extension ResponseHead {
    /// The number of fields.
    @inlinable public var fieldCount: Int { fields.count }

    /// What is known of field `index`, in order of arrival.
    @inlinable public func field(_ index: Int) -> FieldSlot { fields.slot(index) }

    /// The name of field `index`, in the letter case received.
    @inlinable
    @_lifetime(borrow self)
    public func name(of index: Int) -> Span<UInt8> { fields.name(of: index) }

    /// The value of field `index`, without white space around it.
    @inlinable
    @_lifetime(borrow self)
    public func value(of index: Int) -> Span<UInt8> { fields.value(of: index) }

    /// Whether a field with the recognised name `name` is there.
    @inlinable public func contains(_ name: FieldName) -> Bool { fields.contains(name) }

    /// The first field with the recognised name `name` at or after `start`.
    @inlinable
    public func firstIndex(of name: FieldName, from start: Int = 0) -> Int? { fields.firstIndex(of: name, from: start) }

    /// The first field whose name equals `name`, letter case aside, at or after `start`.
    public func firstIndex(named name: Span<UInt8>, from start: Int = 0) -> Int? {
        fields.firstIndex(named: name, from: start)
    }

    /// Gives field `index` another value, which holds no control byte; false when there is no room for it.
    public mutating func replaceValue(of index: Int, with value: Span<UInt8>) -> Bool {
        fields.replaceValue(of: index, with: value)
    }
}
