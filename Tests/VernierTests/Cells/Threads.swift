#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a thread runs.
private final class Work {
    let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }
}

/// Runs `body` on `count` threads of the system at once and waits for them; tasks would share the cooperative pool's few.
func runThreads(_ count: Int, _ body: @escaping @Sendable (_ thread: Int) -> Void) {
    #if canImport(Darwin)
        var threads: [pthread_t?] = []
    #else
        var threads: [pthread_t] = []
    #endif
    for index in 0..<count {
        // SAFETY: the reference is taken over by the thread, which releases it.
        let work = unsafe Unmanaged.passRetained(Work { body(index) }).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
            // SAFETY: the thread takes over the one reference that it is given.
            let status = unsafe pthread_create(
                &thread, nil,
                { argument in
                    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                    return nil
                }, work)
        #else
            var thread = pthread_t()
            // SAFETY: the thread takes over the one reference that it is given.
            let status = unsafe pthread_create(
                &thread, nil,
                { argument in
                    if let argument = unsafe argument {
                        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                    }
                    return nil
                }, work)
        #endif
        precondition(status == 0, "no thread")
        threads.append(thread)
    }
    for thread in threads {
        #if canImport(Darwin)
            // SAFETY: each thread is joined once.
            if let thread = unsafe thread { _ = unsafe pthread_join(thread, nil) }
        #else
            _ = pthread_join(thread, nil)
        #endif
    }
}
