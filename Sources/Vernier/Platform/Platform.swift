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

    /// Seconds since 1970.
    package static var unixSeconds: Double { Double(nanoseconds(of: CLOCK_REALTIME) ?? 0) / 1e9 }

    /// Nanoseconds since some moment in the past; they never go back, and do not pass while the machine sleeps on some systems.
    package static var monotonicNanoseconds: UInt64 {
        #if canImport(Darwin)
            clock_gettime_nsec_np(CLOCK_UPTIME_RAW)
        #else
            UInt64(nanoseconds(of: CLOCK_MONOTONIC) ?? 0)
        #endif
    }

    /// Gives the processor to another thread.
    package static func yieldThread() {
        sched_yield()
    }

    /// Writes a line to standard error in one piece.
    package static func complain(_ message: String) {
        let line = Array("vernier: \(message)\n".utf8)
        // SAFETY: the pointer and the count are the array's own, alive for the call.
        _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// How large a large page is where there is a choice, as far as it matters here.
    static var largePageBytes: Int { 1 << 21 }

    /// Asks the system to keep memory on large pages, as far as it is made of whole ones.
    static func preferLargePages(_ start: UnsafeMutableRawPointer, _ bytes: Int) {
        #if os(Linux)
            // SAFETY: advice only; the content stays as it is.
            _ = unsafe madvise(start, bytes, MADV_HUGEPAGE)
        #endif
    }
}
