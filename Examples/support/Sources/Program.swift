#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Dispatch

/// Something that a program cannot do, in words that say what to do about it.
package struct Problem: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Runs a program: what goes wrong is told on standard error, and ends it with 64 for arguments that do not fit and else with `status`.
nonisolated(nonsending)
    package func runProgram(
        _ name: String, failing status: Int32 = 1, _ body: nonisolated(nonsending) () async throws -> Void
    ) async
{
    do { try await body() } catch {
        complain("\(name): \(error)")
        exit(error is Options.Problem ? 64 : status)
    }
}

/// Prints a line at once, also where standard output is a file or a pipe.
package func say(_ line: String, terminator: String = "\n") {
    print(line, terminator: terminator)
    // Without a stream all of them are flushed.
    fflush(nil)
}

/// Writes a line to standard error.
package func complain(_ line: String) {
    let line = Array("\(line)\n".utf8)
    // SAFETY: the pointer covers the array during the call, with its count.
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
}

/// Calls a closure when SIGINT or SIGTERM comes, which no longer end the program by themselves.
package func onStopSignal(_ body: @escaping @Sendable () -> Void) {
    for number in [SIGINT, SIGTERM] {
        _ = signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        // The handler keeps the source alive, to the end of the program.
        source.setEventHandler { withExtendedLifetime(source) { body() } }
        source.resume()
    }
}
