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
        private let lines = Lock(())

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
            lines.withLock { _ in
                var written = 0
                while written < line.count {
                    // SAFETY: the pointer covers the array during the call, and the rest of it is as long as is said.
                    let count = unsafe line.withUnsafeBytes { bytes in
                        unsafe systemWrite(descriptor, bytes.baseAddress.map { unsafe $0 + written }, line.count - written)
                    }
                    if count > 0 {
                        written += count
                    } else if count == 0 || errno == EAGAIN {
                        guard waitUntilWritable() else { return }
                    } else if errno != EINTR {
                        return
                    }
                }
            }
        }

        private func waitUntilWritable() -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // SAFETY: one entry, a local that lives during the call.
            return unsafe poll(&entry, 1, Self.patience) == 1
        }
    }

    /// `write`, which has another name inside of a type that has one of its own.
    private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        // SAFETY: the caller vouches for the memory.
        unsafe write(descriptor, start, count)
    }
#endif
