/// The servers of one pool: consecutive numbers.
struct PoolServers: BitwiseCopyable {
    /// The number of the first.
    let first: Int32

    /// How many there are.
    let count: Int32
}
