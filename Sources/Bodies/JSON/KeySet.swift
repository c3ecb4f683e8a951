internal import Bytes

/// The keys of a JSON text's objects, for finding duplicates: hashes in a table of fixed size.
///
/// A hash is keyed with a secret, so that keys that collide cannot be chosen; should some collide nevertheless, the
/// search for a place is cut off and the caller told.
struct KeySet: ~Copyable {
    enum Insertion {
        case new, duplicate, unknown
    }

    private var marks: Slab<KeyMark>
    private let seed: UInt64
    private let mask: Int
    private var epoch: UInt32 = 0
    private(set) var count = 0

    /// Places that are looked at for a key.
    private static var reach: Int { 32 }

    init(_ limits: BodyLimits, seed: UInt64) {
        var capacity = 64
        while capacity < limits.members * 2 { capacity *= 2 }
        marks = Slab(capacity: capacity, repeating: KeyMark())
        mask = capacity - 1
        self.seed = seed
    }

    /// Forgets all keys.
    mutating func clear() {
        count = 0
        epoch &+= 1
        if epoch == 0 {
            for index in 0..<marks.capacity { marks[index] = KeyMark() }
            epoch = 1
        }
    }

    /// Enters the key of the object `serial`.
    mutating func insert(_ key: Span<UInt8>, _ serial: UInt32) -> Insertion {
        let hash = KeySet.hash(key, seed ^ UInt64(serial) &* 0x9e37_79b9_7f4a_7c15)
        count &+= 1
        var place = Int(truncatingIfNeeded: hash >> 32) & mask
        for _ in 0..<KeySet.reach {
            if marks[place].epoch != epoch {
                marks[place] = KeyMark(hash: hash, epoch: epoch)
                return .new
            }
            if marks[place].hash == hash { return .duplicate }
            place = (place &+ 1) & mask
        }
        return .unknown
    }

    /// A keyed hash: every byte is mixed in by a multiplication whose halves are folded together.
    static func hash(_ bytes: Span<UInt8>, _ seed: UInt64) -> UInt64 {
        var state = mix(seed ^ 0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15)
        for index in bytes.indices { state = mix(state ^ UInt64(bytes[index]) &+ seed, 0xd6e8_feb8_6659_fd93) }
        return mix(state ^ UInt64(truncatingIfNeeded: bytes.count), seed | 1)
    }

    private static func mix(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low ^ one
    }
}
