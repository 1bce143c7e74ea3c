#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread of the operating system, outside the pool that runs Swift's tasks.
package final class Thread: Sendable {
    /// Collectors of the host run on such a thread, so it gets the same room under every C library.
    private static let stackBytes = 1 << 20

    /// What a new thread finds: its name and its work.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void
        let finished: Semaphore

        init(name: String, body: @escaping @Sendable () -> Void, finished: Semaphore) {
            self.name = name
            self.body = body
            self.finished = finished
        }

        func run() {
            Thread.nameCurrent(name)
            body()
        }
    }

    private let finished: Semaphore
    /// Nil once the thread was joined or let go: its handle may not be used any more.
    private let handle: Lock<ThreadHandle?>

    /// Starts a thread.
    ///
    /// Names over 15 bytes are not shown by Linux.
    package init(name: String, body: @escaping @Sendable () -> Void) throws(SystemError) {
        let finished = Semaphore()
        self.finished = finished
        let start = Start(name: name, body: body, finished: finished)
        // SAFETY: locals, initialised by the calls below before they are used. The reference to `start` is handed to the new
        // thread, which takes it over, or taken back when there is no new thread.
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, Thread.stackBytes)
        let reference = unsafe Unmanaged.passRetained(start)
        let hostSignals = Thread.blockSignals()
        #if canImport(Glibc)
            var thread = pthread_t()
        #else
            var thread: pthread_t?
        #endif
        let status = unsafe pthread_create(&thread, &attributes, { unsafe Thread.main($0) }, reference.toOpaque())
        Thread.restoreSignals(hostSignals)
        guard status == 0 else {
            unsafe reference.release()
            throw SystemError(code: status)
        }
        #if canImport(Glibc)
            handle = Lock(ThreadHandle(thread))
        #else
            // SAFETY: the pointer becomes a number at once.
            handle = Lock(unsafe thread.map { unsafe ThreadHandle($0) })
        #endif
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // SAFETY: the pointer is the reference that `init` retained for this thread; it is taken exactly once.
        guard let argument = unsafe argument else { return nil }
        let start = unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
        start.run()
        start.finished.signal()
        return nil
    }

    /// Waits for the thread to end; lets it go at the deadline, or when it is the thread that asks.
    ///
    /// - Returns: Whether it has ended.
    @discardableResult
    package func join(until deadline: ContinuousClock.Instant) -> Bool {
        handle.withLock { handle in
            guard let thread = handle.take() else { return true }
            if !thread.isSame(as: .current), finished.wait(until: deadline) {
                thread.join()
                return true
            }
            thread.detach()
            return false
        }
    }

    /// Lets the thread go: it cleans up after itself when it ends.
    package func detach() {
        handle.withLock { $0.take()?.detach() }
    }

    /// Names the thread that asks, for debuggers and `top`; a system that will not have it leaves it without a name.
    private static func nameCurrent(_ name: String) {
        #if canImport(Darwin)
            // SAFETY: the text is terminated and lives during the call.
            unsafe pthread_setname_np(name)
        #else
            // SAFETY: the text is terminated and lives during the call.
            let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
            guard file >= 0 else { return }
            let octets = Array(name.utf8)
            // SAFETY: the pointer covers the array's octets during the call, with their count.
            _ = unsafe octets.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
            _ = close(file)
        #endif
    }

    /// Keeps the host's signals away from a thread that is about to start: their handlers expect the host's own threads.
    ///
    /// Signals that a fault or a profiler sends to the very thread stay on.
    private static func blockSignals() -> sigset_t {
        // SAFETY: both sets are locals, initialised by the calls before they are read.
        var blocked = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&blocked)
        for signal in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGPROF] {
            unsafe sigdelset(&blocked, signal)
        }
        unsafe pthread_sigmask(SIG_SETMASK, &blocked, &before)
        return before
    }

    private static func restoreSignals(_ signals: sigset_t) {
        // SAFETY: the set is a local copy; the previous one is not asked for.
        var signals = signals
        unsafe pthread_sigmask(SIG_SETMASK, &signals, nil)
    }
}
