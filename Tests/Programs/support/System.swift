#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the programs ask of the operating system beside sockets and threads.
package enum System {
    /// Keeps the signals that end a program pending for this thread and those that it starts from now on.
    ///
    /// Call it first of all, and then ``waitForStop()``.
    package static func holdStopSignals() {
        // SAFETY: the set is a local that the calls initialise and read.
        var set = stopSignals()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for SIGTERM or SIGINT.
    package static func waitForStop() {
        // SAFETY: locals that the calls initialise and read.
        var set = stopSignals()
        var signal: Int32 = 0
        while unsafe sigwait(&set, &signal) != 0 {}
    }

    private static func stopSignals() -> sigset_t {
        var set = sigset_t()
        // SAFETY: `set` is a local that the calls fill in.
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        return set
    }

    /// Raises the limit of open descriptors to what may be had, and returns it.
    @discardableResult
    package static func raiseDescriptorLimit(to wanted: UInt64) -> UInt64 {
        #if canImport(Glibc)
            let resource = Int32(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        // SAFETY: `limit` is a local that the calls fill in and read.
        #if canImport(Glibc)
            guard unsafe getrlimit(__rlimit_resource_t(UInt32(resource)), &limit) == 0 else { return 0 }
        #else
            guard unsafe getrlimit(resource, &limit) == 0 else { return 0 }
        #endif
        if UInt64(limit.rlim_cur) >= wanted { return UInt64(limit.rlim_cur) }
        limit.rlim_cur = min(rlim_t(wanted), limit.rlim_max)
        #if canImport(Glibc)
            _ = unsafe setrlimit(__rlimit_resource_t(UInt32(resource)), &limit)
        #else
            _ = unsafe setrlimit(resource, &limit)
        #endif
        return UInt64(limit.rlim_cur)
    }

    /// The number of processors.
    package static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Lets the thread sleep, without any part of Swift concurrency.
    package static func sleep(_ duration: Duration) {
        usleep(UInt32(clamping: Int(duration / .microseconds(1))))
    }

    /// Writes a text to standard error.
    package static func complain(_ text: String) {
        write(Array((text + "\n").utf8), to: STDERR_FILENO)
    }

    /// Writes a line to standard output at once, also when that is a pipe.
    package static func say(_ text: String) {
        write(Array((text + "\n").utf8), to: STDOUT_FILENO)
    }

    /// Writes a file; returns whether that worked.
    package static func write(_ bytes: [UInt8], toFile path: String) -> Bool {
        // SAFETY: the path is lent as a terminated C string.
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        let isWritten = write(bytes, to: file)
        return close(file) == 0 && isWritten
    }

    @discardableResult
    private static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: the pointer covers the bytes of the slice during the call, with their count.
            #if canImport(Darwin)
                let count = unsafe rest.withUnsafeBytes { unsafe Darwin.write(file, $0.baseAddress, $0.count) }
            #elseif canImport(Glibc)
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            #else
                let count = unsafe rest.withUnsafeBytes { unsafe Musl.write(file, $0.baseAddress, $0.count) }
            #endif
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The content of a small file, such as those in `/proc`.
    package static func read(file path: String) -> String? {
        // SAFETY: the path is lent as a terminated C string.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { _ = close(file) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            // SAFETY: the array is lent to the call, which writes at most as many bytes as it has.
            #if canImport(Darwin)
                let count = unsafe Darwin.read(file, &piece, piece.count)
            #elseif canImport(Glibc)
                let count = unsafe Glibc.read(file, &piece, piece.count)
            #else
                let count = unsafe Musl.read(file, &piece, piece.count)
            #endif
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            content += piece.prefix(count)
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// How many descriptors are open; `nil` where the system does not say.
    package static func openDescriptorCount() -> Int? {
        #if os(Linux)
            let path = "/proc/self/fd"
        #else
            let path = "/dev/fd"
        #endif
        // SAFETY: the path is lent as a terminated C string; the stream is used and closed here alone.
        guard let directory = unsafe opendir(path) else { return nil }
        defer { _ = unsafe closedir(directory) }
        var count = 0
        // SAFETY: the stream is open; of the entry only its presence is looked at.
        while unsafe readdir(directory) != nil { count += 1 }
        // Not itself, its parent and the listing's own descriptor.
        return count - 3
    }
}
