#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A value that one thread at a time may use.
///
/// It has the interface of `Synchronization.Mutex`. On Linux the waiting part of that one is in a library that the thread
/// sanitizer does not see into, so that it reports races where there are none, to every host that runs its tests under it;
/// the system's own mutex it knows.
@safe
package struct Lock<Value>: ~Copyable, @unchecked Sendable {
    // SAFETY (Sendable): `value` is only touched with the mutex held, and is sent in by the init.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let value: UnsafeMutablePointer<Value>

    /// Takes the value over.
    package init(_ value: consuming sending Value) {
        // SAFETY: both are allocated once, initialised before anybody sees them, and freed in the deinit.
        unsafe mutex = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe self.value = .allocate(capacity: 1)
        unsafe self.value.initialize(to: value)
    }

    deinit {
        // SAFETY: the owner is gone, so no thread is inside.
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
        unsafe value.deinitialize(count: 1)
        unsafe value.deallocate()
    }

    /// Calls a closure with the value while no other thread has it.
    package borrowing func withLock<R, E: Error>(_ body: (inout sending Value) throws(E) -> sending R) throws(E)
        -> sending R
    {
        // SAFETY: initialised in the init; the value is used between lock and unlock alone.
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return unsafe try body(&value.pointee)
    }
}
