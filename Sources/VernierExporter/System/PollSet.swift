#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Descriptors that one call waits for.
struct PollSet {
    /// A descriptor that is never ready, to keep a place in the set.
    static let nothing: Int32 = -1

    private var entries: [pollfd] = []

    /// Forgets all descriptors and keeps the memory.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
    }

    /// Adds a descriptor to wait for octets or a connection from.
    mutating func addReadable(_ descriptor: Int32) {
        entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }

    /// Waits until a descriptor is ready or the time is over; a signal may end the wait early.
    mutating func wait(milliseconds: Int32) {
        // SAFETY: the pointer covers the array's entries, held exclusively during the call, with their count.
        let ready = unsafe entries.withUnsafeMutableBufferPointer { entries in
            unsafe poll(entries.baseAddress, nfds_t(entries.count), milliseconds)
        }
        guard ready < 0 else { return }
        // A signal, or more entries than the host now allows descriptors. Nothing is known about any entry, and after the
        // second the next call would fail at once too, so that a short sleep is due.
        if errno != EINTR { PollSet.sleep(milliseconds: 10) }
        for index in entries.indices { entries[index].revents = 0 }
    }

    /// Whether the descriptor that was added as that one has something, be it an error.
    func isReady(_ index: Int) -> Bool {
        entries[index].revents != 0
    }

    private static func sleep(milliseconds: Int32) {
        _ = poll(nil, 0, milliseconds)
    }

    /// Waits until a descriptor takes octets, has an error, or the time is over.
    static func waitUntilWritable(_ descriptor: Int32, milliseconds: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // SAFETY: the pointer is to one local entry.
        _ = unsafe poll(&entry, 1, milliseconds)
    }
}

extension Duration {
    /// The time in whole milliseconds, rounded up, as `poll` takes it; never negative.
    var pollMilliseconds: Int32 {
        guard self > .zero else { return 0 }
        guard self < .seconds(1_000_000) else { return 1_000_000_000 }
        let (seconds, attoseconds) = components
        return Int32(seconds) * 1000 + Int32((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
