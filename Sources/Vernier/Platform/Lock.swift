#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A value that one thread at a time may use.
///
/// It is `Mutex` of the standard library on a lock of the C library, because the thread sanitizer knows that one: with `Mutex` a host
/// that looks for its own races would be told of ours that are none.
@safe  // SAFETY: the pointers are private; see at `storage`.
package final class Lock<Value>: Sendable {
    @unsafe private struct Storage {
        // SAFETY: plain memory until it is initialised in place.
        var mutex = unsafe pthread_mutex_t()
        var value: Value
    }

    // SAFETY: allocated and initialised in `init`, freed in `deinit`, never moved; `value` is touched only while `mutex` is held.
    nonisolated(unsafe) private let storage: UnsafeMutablePointer<Storage>

    /// Takes the value over.
    package init(_ value: sending Value) {
        // SAFETY: nobody else can see the memory yet; the mutex is initialised in its final place.
        unsafe storage = .allocate(capacity: 1)
        unsafe storage.initialize(to: Storage(value: value))
        unsafe pthread_mutex_init(&storage.pointee.mutex, nil)
    }

    deinit {
        // SAFETY: the last reference is gone, so that no thread holds the mutex.
        unsafe pthread_mutex_destroy(&storage.pointee.mutex)
        unsafe storage.deinitialize(count: 1)
        unsafe storage.deallocate()
    }

    /// Runs a closure that has the value for itself.
    ///
    /// The closure must not call out to a host's code, nor take the same lock.
    package func withLock<R, E: Error>(_ body: (inout Value) throws(E) -> R) throws(E) -> R {
        // SAFETY: the mutex is initialised; the value is this thread's alone until it is unlocked.
        unsafe pthread_mutex_lock(&storage.pointee.mutex)
        defer { unsafe pthread_mutex_unlock(&storage.pointee.mutex) }
        return try unsafe body(&storage.pointee.value)
    }
}
