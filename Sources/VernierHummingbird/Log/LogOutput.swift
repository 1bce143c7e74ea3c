#if Hummingbird
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
    import Logging
    import Vernier

    /// A file descriptor to which lines are written whole.
    ///
    /// All handlers with one descriptor share one of these, so that their lines do not mix, however long they are.
    final class LogOutput: Sendable {
        private static let outputs = Lock<[Int32: LogOutput]>([:])
        /// How long a line waits for a reader, in milliseconds, where the descriptor does not block.
        private static let patience: Int32 = 100

        private let descriptor: Int32
        private let state = Lock(State())

        private struct State {
            /// Whether the last line broke off, so that the next one must not go on in it.
            var isTorn = false
            /// How many lines were lost since one was written.
            ///
            /// While there are any no line waits.
            var lost = 0
        }

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
        /// A line that cannot be written is lost, as a log must not stop the program, and those after it do not wait until one can be written
        /// again; before that one a line says how many were lost.
        func write(_ line: [UInt8]) {
            state.withLock { state in
                var octets = state.isTorn ? [UInt8(ascii: "\n")] : []
                if state.lost > 0 {
                    guard waitUntilWritable(0) else { return state.lost += 1 }
                    octets += Self.lossLine(state.lost)
                }
                octets += line
                let written = writeAll(octets, state.lost > 0 ? 0 : Self.patience)
                if written > 0 { state.isTorn = written < octets.count }
                state.lost = written == octets.count ? 0 : state.lost + 1
            }
        }

        /// The line that says how many were lost.
        private static func lossLine(_ count: Int) -> [UInt8] {
            var line = JSONLine(limit: 1_024)
            line.add("time", Timestamp.now)
            line.add("level", "warning")
            line.add("logger", "VernierHummingbird")
            line.add("message", "lines of the log were lost, as nobody read it")
            line.add("lost", .stringConvertible(count))
            return line.finished()
        }

        /// Writes octets, and returns how many it could.
        private func writeAll(_ octets: [UInt8], _ patience: Int32) -> Int {
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
                    guard waitUntilWritable(patience) else { return written }
                } else if errno != EINTR {
                    return written
                }
            }
            return written
        }

        private func waitUntilWritable(_ milliseconds: Int32) -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            // A few times, as signals end the wait, and those of a timer might do so for ever.
            for _ in 0..<4 {
                // SAFETY: one entry, a local that lives during the call.
                let count = unsafe poll(&entry, 1, milliseconds)
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
