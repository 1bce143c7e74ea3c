#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What collectors read: files, limits and clocks, with plain values in and out.
extension Platform {
    /// The content of a small file such as those in `/proc`; `nil` when it cannot be read.
    ///
    /// - Parameter limit: How many bytes to read at most; what lies behind them is left out.
    static func contents(ofFile path: String, limit: Int = 4096) -> [UInt8]? {
        // SAFETY: the string is lent to the call as a terminated C string.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1024)
        while content.count < limit {
            // SAFETY: the array is lent to the call, which writes at most as many bytes as it has.
            let count = unsafe read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            content += chunk.prefix(min(count, limit - content.count))
        }
        return content
    }

    /// How many entries a directory has, not counting itself and its parent; `nil` when it cannot be read.
    static func entryCount(ofDirectory path: String) -> Int? {
        // SAFETY: the string is lent as a terminated C string; the stream is used and closed by this call alone.
        guard let directory = unsafe opendir(path) else { return nil }
        // SAFETY: closed once, here.
        defer { _ = unsafe closedir(directory) }
        var count = 0
        // SAFETY: the stream is open; of the entry, which the next call overwrites, only its presence is looked at.
        while unsafe readdir(directory) != nil { count += 1 }
        return max(count - 2, 0)
    }

    /// The size of a file as the file system reports it; `nil` when there is no such file.
    static func size(ofFile path: String) -> Int? {
        var status = stat()
        // SAFETY: the string is lent as a terminated C string, and the call fills in `status`.
        return unsafe stat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    /// The time of a clock in nanoseconds; `nil` when the system does not have the clock.
    static func nanoseconds(of clock: clockid_t) -> Int64? {
        var time = timespec()
        // SAFETY: the call fills in `time`.
        guard unsafe clock_gettime(clock, &time) == 0 else { return nil }
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }

    /// How many descriptors the process may have open (the soft limit); `UInt64.max` when there is no limit.
    static func openDescriptorLimit() -> UInt64? {
        #if canImport(Glibc)
            limit(of: Int32(RLIMIT_NOFILE.rawValue))
        #else
            limit(of: RLIMIT_NOFILE)
        #endif
    }

    /// How many bytes of address space the process may use (the soft limit); `UInt64.max` when there is no limit.
    static func addressSpaceLimit() -> UInt64? {
        #if canImport(Glibc)
            limit(of: Int32(RLIMIT_AS.rawValue))
        #else
            limit(of: RLIMIT_AS)
        #endif
    }

    private static func limit(of resource: Int32) -> UInt64? {
        var limit = rlimit()
        // SAFETY: the call fills in `limit`.
        guard unsafe getrlimit(resource, &limit) == 0 else { return nil }
        let value = UInt64(limit.rlim_cur)
        // "Infinity" is all ones on Linux and all ones but the sign on Darwin.
        return value >= UInt64(Int64.max) ? .max : value
    }
}
