internal import CLinux
internal import Glibc

/// The two clocks. Both are read without entering the kernel.
public enum Clock {
    /// Microseconds that never go back; only differences mean anything.
    public static func monotonic() -> UInt64 { read(CLOCK_MONOTONIC) }

    /// Microseconds since 1970-01-01T00:00:00Z, as the host knows them.
    public static func wall() -> UInt64 { read(CLOCK_REALTIME) }

    private static func read(_ clock: Int32) -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return UInt64(time.tv_sec) &* 1_000_000 &+ UInt64(time.tv_nsec) / 1_000
    }
}
