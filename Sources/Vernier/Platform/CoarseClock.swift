#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A monotonic clock that is cheap to read and exact to a few milliseconds.
enum CoarseClock {
    /// The time since some moment in the past, in nanoseconds.
    ///
    /// - Complexity: No system call; the kernel's last tick is read from a page that it shares.
    @inline(__always)
    static func nanoseconds() -> UInt64 {
        #if canImport(Darwin)
            return clock_gettime_nsec_np(CLOCK_MONOTONIC_RAW_APPROX)
        #else
            var time = timespec()
            // SAFETY: the call fills in `time`; where it fails, the time stays 0.
            _ = unsafe clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
            return UInt64(bitPattern: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
        #endif
    }
}
