#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The few things that the core asks of the operating system.
package enum Platform {
    /// How many processors are online.
    static var processorCount: Int {
        max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }

    /// Seconds since an arbitrary start, never going back, to within some milliseconds.
    static var coarseSeconds: Double {
        #if os(Linux)
            read(CLOCK_MONOTONIC_COARSE)
        #else
            read(CLOCK_MONOTONIC)
        #endif
    }

    /// Seconds since 1970.
    package static var unixSeconds: Double { read(CLOCK_REALTIME) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        // SAFETY: `time` is a local of the type the call fills, exclusive to it while it runs.
        _ = unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Gives the processor to another thread.
    static func yieldThread() {
        sched_yield()
    }

    /// Writes a line to standard error in one piece.
    package static func complain(_ message: String) {
        let line = Array("vernier: \(message)\n".utf8)
        // SAFETY: the pointer and the count are the array's own, alive for the call.
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
