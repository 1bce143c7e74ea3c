#if Hummingbird
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
    import Vernier

    /// A file descriptor to which lines are written whole.
    ///
    /// All handlers with one descriptor share one of these, so that their lines do not mix, however long they are.
    final class LogOutput: Sendable {
        private static let outputs = Lock<[Int32: LogOutput]>([:])
        /// How long a line waits for a reader, in milliseconds, where the descriptor does not block.
        private static let patience: Int32 = 100

        private let descriptor: Int32
        /// Whether the last line broke off, so that the next one must not go on in it.
        private let isTorn = Lock(false)

        private init(_ descriptor: Int32) { self.descriptor = descriptor }

        /// The output to a descriptor.
        static func to(_ descriptor: Int32) -> LogOutput {
            outputs.withLock { outputs in
                if let output = outputs[descriptor] { return output }
                let output = LogOutput(descriptor)
                outputs[descriptor] = output
                return output
            }
        }

        /// Writes a line: one call of the system unless the descriptor takes only a part.
        ///
        /// A line that cannot be written is lost; a log must not stop the program.
        func write(_ line: [UInt8]) {
            isTorn.withLock { isTorn in
                let octets = isTorn ? [UInt8(ascii: "\n")] + line : line
                let written = writeAll(octets)
                if written > 0 { isTorn = written < octets.count }
            }
        }

        /// Writes octets, and returns how many it could.
        private func writeAll(_ octets: [UInt8]) -> Int {
            var written = 0
            while written < octets.count {
                // SAFETY: the pointer covers the array during the call, and the rest of it is as long as is said.
                let count = unsafe octets.withUnsafeBytes { bytes in
                    unsafe systemWrite(
                        descriptor, bytes.baseAddress.map { unsafe $0 + written }, octets.count - written)
                }
                if count > 0 {
                    written += count
                } else if count == 0 || errno == EAGAIN {
                    guard waitUntilWritable() else { return written }
                } else if errno != EINTR {
                    return written
                }
            }
            return written
        }

        private func waitUntilWritable() -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // A few times, as signals end the wait, and those of a timer might do so for ever.
            for _ in 0..<4 {
                // SAFETY: one entry, a local that lives during the call.
                let count = unsafe poll(&entry, 1, Self.patience)
                guard count < 0, errno == EINTR else { return count == 1 }
            }
            return false
        }
    }

    /// `write`, which has another name inside of a type that has one of its own.
    private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        // SAFETY: the caller vouches for the memory.
        unsafe write(descriptor, start, count)
    }
#endif
