/// A value for every limit that `Name` lists: `limits[.head]`. It starts with the standard values.
///
/// It is a plain number of bytes, without a reference in it, so that the event loop can keep a copy.
public struct SettingValues<Name: SettingName>: BitwiseCopyable, Sendable {
    @usableFromInline var values: InlineArray<32, UInt64>

    /// The standard value of every limit.
    public init() {
        values = InlineArray(repeating: 0)
        precondition(Name.allCases.count <= values.count)
        for name in Name.allCases { values[Int(name.rawValue)] = name.setting.standard }
    }

    /// The value of `name`, in the unit of its ``Setting``.
    @inlinable
    public subscript(_ name: Name) -> UInt64 {
        get { values[Int(name.rawValue)] }
        set { values[Int(name.rawValue)] = newValue }
    }
}

extension SettingValues: Equatable {
    public static func == (one: SettingValues, other: SettingValues) -> Bool {
        Name.allCases.allSatisfy { one[$0] == other[$0] }
    }
}

/// The limits of the whole appliance.
public typealias Limits = SettingValues<LimitName>

/// The limits of one pool.
public typealias PoolLimits = SettingValues<PoolLimitName>
