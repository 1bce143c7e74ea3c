#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lets one thread wait, for a limited time, until others have done a number of things.
@safe
final class Latch: @unchecked Sendable {
    // SAFETY (Sendable): `count` is only touched with the mutex held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var count: Int

    init(count: Int) {
        self.count = count
        // SAFETY: both are allocated once, initialised by their own functions, and freed in the deinit, when nobody waits.
        unsafe mutex = .allocate(capacity: 1)
        unsafe condition = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        #if os(Linux)
            // A clock that is not set: the wait is as long as it is meant to be.
            var attributes = pthread_condattr_t()
            unsafe pthread_condattr_init(&attributes)
            unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            unsafe pthread_cond_init(condition, &attributes)
            unsafe pthread_condattr_destroy(&attributes)
        #else
            unsafe pthread_cond_init(condition, nil)
        #endif
    }

    deinit {
        // SAFETY: the last reference is gone, so no thread is inside.
        unsafe pthread_cond_destroy(condition)
        unsafe pthread_mutex_destroy(mutex)
        unsafe condition.deallocate()
        unsafe mutex.deallocate()
    }

    /// Tells that one thing is done.
    func countDown() {
        // SAFETY: initialised in the init; held until unlocked below.
        unsafe pthread_mutex_lock(mutex)
        count -= 1
        if count <= 0 { unsafe pthread_cond_broadcast(condition) }
        unsafe pthread_mutex_unlock(mutex)
    }

    /// Waits until all is done, or the time is over.
    func wait(atMost timeout: Duration) {
        // A year is as good as forever, and far from any overflow.
        let timeout = Int64(min(max(0, timeout / .nanoseconds(1)), 3e16))
        #if os(Linux)
            let end = (Platform.nanoseconds(of: CLOCK_MONOTONIC) ?? 0) + timeout
        #else
            let end = (Platform.nanoseconds(of: CLOCK_REALTIME) ?? 0) + timeout
        #endif
        var time = timespec()
        time.tv_sec = time_t(end / 1_000_000_000)
        time.tv_nsec = Int(end % 1_000_000_000)
        // SAFETY: initialised in the init; `time` is a local that outlives the call.
        unsafe pthread_mutex_lock(mutex)
        while count > 0, unsafe pthread_cond_timedwait(condition, mutex, &time) == 0 {}
        unsafe pthread_mutex_unlock(mutex)
    }
}
