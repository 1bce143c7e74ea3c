import Foundation
import Synchronization

/// A program that is started, fed and read, and killed with all that it started when its time is over.
///
/// It has standard input, output and error, and no other file of this program's. What it starts is in its group, and ends with that; a
/// program that leaves the group, as by `setsid`, escapes.
struct ChildProcess: Sendable {
    /// How a child ended.
    enum End: Sendable, Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        case timedOut
        case cancelled
    }

    /// What a child left.
    struct Result: Sendable {
        let end: End
        /// What it wrote to standard output and standard error, as far as it was kept.
        let output: [UInt8]
    }

    /// A program that could not be started.
    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    /// How much of a child's output is kept; the rest is read and dropped.
    static let outputLimit = 65_536

    let command: [String]
    let timeout: Duration

    /// Runs the program to its end on a thread of its own; a cancelled task kills it.
    func run(input: [UInt8]) async throws -> Result {
        let stop = Stop()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(with: Swift.Result { try runBlocking(input: input, stop) })
                }
            }
        } onCancel: {
            stop.isAsked.store(true, ordering: .relaxed)
        }
    }

    private final class Stop: Sendable {
        let isAsked = Atomic(false)
    }

    /// A child that does not read what it is given must not end this program; children get the usual answer to that signal back.
    private static let survivesBrokenPipes: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    private func runBlocking(input: [UInt8], _ stop: Stop) throws -> Result {
        Self.survivesBrokenPipes
        let pipes = try Pipes()
        let child = try pipes.spawn(command)
        let deadline = ContinuousClock.now + timeout
        var exchange = Exchange(pipes, input)
        var end: End?
        while end == nil {
            exchange.proceed()
            if let status = child.exitStatus() {
                end = status
            } else if stop.isAsked.load(ordering: .relaxed) {
                end = .cancelled
            } else if ContinuousClock.now >= deadline {
                end = .timedOut
            }
        }
        // Whatever the child left running ends here too. The child is waited for afterwards: until then its group is not another's.
        child.killGroup()
        child.reap()
        exchange.finish()
        return Result(end: end ?? .cancelled, output: exchange.output)
    }
}

/// The process that was started, the leader of a group of its own.
private struct Spawned {
    let id: pid_t

    /// How the process ended, nil while it runs; it can still be waited for.
    func exitStatus() -> ChildProcess.End? {
        var information = unsafe siginfo_t()
        // SAFETY: the call fills in `information`; where it tells of a child, it is the part of the union for children.
        let result = unsafe waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
        guard result == 0, unsafe information.si_signo == SIGCHLD else { return nil }
        let status = unsafe information._sifields._sigchld.si_status
        return unsafe information.si_code == CLD_EXITED ? .exited(status) : .killed(signal: status)
    }

    func killGroup() { kill(-id, SIGKILL) }

    func reap() {
        var status: Int32 = 0
        // SAFETY: the call fills in `status`.
        while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    }
}

/// What goes in and comes out.
private struct Exchange {
    private let pipes: Pipes
    private var input: ArraySlice<UInt8>
    private(set) var output: [UInt8] = []

    init(_ pipes: Pipes, _ input: [UInt8]) {
        self.pipes = pipes
        self.input = input[...]
        if input.isEmpty { pipes.input.close() }
    }

    /// Waits until something can be written or read, and does it; for ten milliseconds at most, or one when the child says no more.
    mutating func proceed() {
        var waiting = [
            pollfd(fd: pipes.input.file, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: pipes.output.file, events: Int16(POLLIN), revents: 0),
        ]
        // SAFETY: the array is lent with its count; closed pipes have -1, which is passed over.
        guard unsafe poll(&waiting, 2, pipes.output.file < 0 ? 1 : 10) > 0 else { return }
        if waiting[0].revents != 0 { write() }
        if waiting[1].revents != 0 { _ = read() }
    }

    /// Reads what is left, but no more than a pipe holds, and closes both ends.
    mutating func finish() {
        var rounds = 0
        while rounds < 64, read() { rounds += 1 }
        pipes.input.close()
        pipes.output.close()
    }

    private mutating func write() {
        // SAFETY: the slice is lent with its count.
        let count = unsafe input.withUnsafeBytes { unsafe Foundation.write(pipes.input.file, $0.baseAddress, $0.count) }
        if count > 0 { input = input.dropFirst(count) }
        // A child need not read what it is given.
        if input.isEmpty || count < 0 && errno != EAGAIN && errno != EINTR { pipes.input.close() }
    }

    /// Returns whether there may be more at once.
    private mutating func read() -> Bool {
        guard pipes.output.file >= 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 16_384)
        // SAFETY: the array is lent with its count.
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe Foundation.read(pipes.output.file, $0.baseAddress, $0.count)
        }
        if count == 0 { pipes.output.close() }
        guard count > 0 else { return false }
        output += buffer.prefix(min(count, ChildProcess.outputLimit - output.count))
        return true
    }
}

private typealias CloseFrom =
    @Sendable @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
/// Has a child close all files from a number on: glibc 2.34, whose header hides it from all but GNU's C.
///
/// NIO's sockets are not marked as this program's own, so that marking files is not enough.
// SAFETY: what has that name in the program is that function, of that type.
private let closeFrom = unsafe dlsym(nil, "posix_spawn_file_actions_addclosefrom_np")
    .map { unsafe unsafeBitCast($0, to: CloseFrom.self) }

/// Standard input, and standard output with standard error, of a child.
private final class Pipes {
    /// One end of a pipe, closed at the latest when it is gone.
    final class End {
        private(set) var file: Int32

        init(_ file: Int32) { self.file = file }

        func close() {
            if file >= 0 { Foundation.close(file) }
            file = -1
        }

        deinit { close() }
    }

    let input: End
    let output: End
    private let theirInput: End
    private let theirOutput: End

    init() throws {
        func pipe() throws -> (reading: End, writing: End) {
            var files: [Int32] = [-1, -1]
            // SAFETY: the call fills in two integers.
            guard unsafe Foundation.pipe(&files) == 0 else {
                throw ChildProcess.NotStarted(description: "no pipe can be had (errno \(errno))")
            }
            return (End(files[0]), End(files[1]))
        }
        (theirInput, input) = try pipe()
        (output, theirOutput) = try pipe()
        for file in [input.file, output.file] { _ = fcntl(file, F_SETFL, O_NONBLOCK) }
    }

    /// Starts a program in a group of its own, with the usual answers to signals, and closes the ends that are now its own.
    func spawn(_ command: [String]) throws -> Spawned {
        // SAFETY: all that is lent outlives the calls, is initialised and destroyed here; the list of arguments ends with nil.
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, theirInput.file, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, theirOutput.file, STDOUT_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, theirOutput.file, STDERR_FILENO)
        guard let closeFrom = unsafe closeFrom, unsafe closeFrom(&actions, STDERR_FILENO + 1) == 0 else {
            throw ChildProcess.NotStarted(description: "programs can be started with glibc 2.34 and later alone")
        }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var arguments = unsafe command.map { unsafe strdup($0) }
        unsafe arguments.append(nil)
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var id: pid_t = 0
        let result = unsafe posix_spawnp(&id, command[0], &actions, &attributes, arguments, environ)
        theirInput.close()
        theirOutput.close()
        guard result == 0 else {
            throw ChildProcess.NotStarted(description: "\(command[0]) cannot be started (errno \(result))")
        }
        return Spawned(id: id)
    }
}
