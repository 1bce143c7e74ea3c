#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Clocks that are cheap to read and exact to a few milliseconds.
enum CoarseClock {
    /// The time since some moment in the past, in nanoseconds; it never goes back.
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

    /// The time of day in seconds since 1970, never ahead of what another clock says.
    ///
    /// - Complexity: as above.
    static func unixSeconds() -> Double {
        #if canImport(Darwin)
            return Double(clock_gettime_nsec_np(CLOCK_REALTIME)) / 1e9
        #else
            var time = timespec()
            // SAFETY: the call fills in `time`; where it fails, the time stays 0.
            _ = unsafe clock_gettime(CLOCK_REALTIME_COARSE, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        #endif
    }
}
