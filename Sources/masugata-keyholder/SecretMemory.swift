internal import CKeyArena
internal import Daemon

/// The guard of this process's memory: libcrypto's heap, and so every key, in memory that the kernel does not map, and
/// all other memory locked, so that it never reaches a swap device.
enum SecretMemory {
    /// The most that keys may take, bytes: about 10,000 keys.
    private static let arenaLimit = 64 << 20
    /// Below this limit on locked memory (bytes) locking everything would make later allocations fail.
    private static let lockLimit = 192 << 20

    /// Guards the memory. Call before the first use of libcrypto.
    static func enter() -> Cell.Memory {
        var missing: [String] = []
        let isSecret = masugata_key_arena_install(arenaLimit) > 0
        if !isSecret {
            missing.append("the kernel has no secret memory (memfd_secret), or LimitMEMLOCK is too low for it")
        }
        let isLocked = masugata_memory_lock(lockLimit)
        if !isLocked {
            missing.append("memory besides the keys' is not locked: LimitMEMLOCK is below \(lockLimit >> 20) MiB")
        }
        return Cell.Memory(isLocked: isLocked, isSecret: isSecret, missing: missing)
    }
}
