import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Threads of the operating system that are alive at the same time and start their work together.
enum Crowd {
    private final class Member: Sendable {
        let number: Int
        let gate: Gate
        let body: @Sendable (Int) -> Void

        init(_ number: Int, _ gate: Gate, _ body: @escaping @Sendable (Int) -> Void) {
            self.number = number
            self.gate = gate
            self.body = body
        }

        func run() {
            gate.arrived.wrappingAdd(1, ordering: .acquiringAndReleasing)
            while !gate.isOpen.load(ordering: .acquiring) { _ = sched_yield() }
            body(number)
        }
    }

    private final class Gate: Sendable {
        let arrived = Atomic<Int>(0)
        let isOpen = Atomic<Bool>(false)
    }

    /// Runs `body` on so many threads and returns how long all of them took.
    ///
    /// - Parameter stackBytes: the size of each thread's stack; `nil` for the system's default.
    static func run(_ count: Int, stackBytes: Int? = nil, _ body: @escaping @Sendable (_ thread: Int) -> Void)
        -> Duration
    {
        let gate = Gate()
        // SAFETY: a local that the calls initialise before it is used.
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        if let stackBytes { unsafe pthread_attr_setstacksize(&attributes, stackBytes) }
        let threads = (0..<count).compactMap { start(Member($0, gate, body), &attributes) }
        guard threads.count == count else { fatalError("the system gave only \(threads.count) of \(count) threads") }
        while gate.arrived.load(ordering: .acquiring) < count { _ = sched_yield() }
        let began = ContinuousClock.now
        gate.isOpen.store(true, ordering: .releasing)
        for thread in threads { _ = pthread_join(thread, nil) }
        return ContinuousClock.now - began
    }

    private static func start(_ member: Member, _ attributes: inout pthread_attr_t) -> pthread_t? {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        // SAFETY: the thread takes over the one reference that it is given.
        let reference = unsafe Unmanaged.passRetained(member)
        let status = unsafe pthread_create(&thread, &attributes, { unsafe Crowd.main($0) }, reference.toOpaque())
        return status == 0 ? thread : nil
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        // SAFETY: the pointer is the reference that was retained for this thread; it is taken exactly once.
        if let argument = unsafe argument { unsafe Unmanaged<Member>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
}
