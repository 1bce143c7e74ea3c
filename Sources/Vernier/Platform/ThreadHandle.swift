#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread's handle as a number, since some systems make it a number and others a pointer.
struct ThreadHandle: Sendable {
    #if canImport(Glibc)
        private let thread: pthread_t

        /// The thread that asks.
        static var current: ThreadHandle { ThreadHandle(pthread_self()) }

        init(_ thread: pthread_t) {
            self.thread = thread
        }

        /// Waits for the thread's end; to be called once, and nothing else after it.
        func join() {
            pthread_join(thread, nil)
        }

        /// Lets the thread clean up after itself; to be called once, and nothing else after it.
        func detach() {
            pthread_detach(thread)
        }

        /// Whether both are the same thread.
        func isSame(as other: ThreadHandle) -> Bool {
            pthread_equal(thread, other.thread) != 0
        }
    #else
        private let thread: UInt

        /// The thread that asks.
        static var current: ThreadHandle {
            // SAFETY: the pointer becomes a number at once.
            unsafe ThreadHandle(pthread_self())
        }

        init(_ thread: pthread_t) {
            // SAFETY: the pointer is kept as a number and never followed here.
            self.thread = unsafe UInt(bitPattern: thread)
        }

        /// Waits for the thread's end; to be called once, and nothing else after it.
        func join() {
            // SAFETY: the number is the handle that the system gave out, and is valid until this call.
            if let thread = unsafe pthread_t(bitPattern: thread) { unsafe pthread_join(thread, nil) }
        }

        /// Lets the thread clean up after itself; to be called once, and nothing else after it.
        func detach() {
            // SAFETY: the number is the handle that the system gave out, and is valid until this call.
            if let thread = unsafe pthread_t(bitPattern: thread) { unsafe pthread_detach(thread) }
        }

        /// Whether both are the same thread.
        func isSame(as other: ThreadHandle) -> Bool {
            thread == other.thread
        }
    #endif
}
