#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A count that threads wait for, since neither `Mutex` nor the atomics can make a thread sleep.
@safe  // SAFETY: the pointer is private; see at `state`.
package final class Semaphore: Sendable {
    /// Unsafe on its own: what it holds may not be moved or copied, which the class sees to.
    @unsafe private struct State {
        // SAFETY: plain memory until it is initialised in place.
        var mutex = unsafe pthread_mutex_t()
        var condition = pthread_cond_t()
        var count = 0
    }

    // SAFETY: allocated and initialised in `init`, freed in `deinit`, never moved. `mutex` and `condition` are made for
    // concurrent use; `count` is touched only while `mutex` is held.
    nonisolated(unsafe) private let state: UnsafeMutablePointer<State>

    /// Makes a count of zero.
    package init() {
        // SAFETY: the memory is initialised before it is used, and nobody else can see it yet.
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(to: State())
        unsafe pthread_mutex_init(&state.pointee.mutex, nil)
        #if canImport(Darwin)
            unsafe pthread_cond_init(&state.pointee.condition, nil)
        #else
            // A monotonic clock: a wait must not depend on somebody setting the time.
            // SAFETY: the attributes are a local that lives until they are destroyed; the condition is in its final place.
            var attributes = pthread_condattr_t()
            unsafe pthread_condattr_init(&attributes)
            unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            unsafe pthread_cond_init(&state.pointee.condition, &attributes)
            unsafe pthread_condattr_destroy(&attributes)
        #endif
    }

    deinit {
        // SAFETY: the last reference is gone, so that no thread waits or holds the mutex.
        unsafe pthread_cond_destroy(&state.pointee.condition)
        unsafe pthread_mutex_destroy(&state.pointee.mutex)
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Adds one, and wakes a thread that waits.
    package func signal() {
        // SAFETY: `state` lives as long as `self`; `count` is changed with the mutex held.
        unsafe pthread_mutex_lock(&state.pointee.mutex)
        unsafe state.pointee.count += 1
        unsafe pthread_cond_signal(&state.pointee.condition)
        unsafe pthread_mutex_unlock(&state.pointee.mutex)
    }

    /// Waits until the count is above zero, and takes one.
    package func wait() {
        // SAFETY: as in `signal`; the wait gives the mutex away and has it again when it returns.
        unsafe pthread_mutex_lock(&state.pointee.mutex)
        while unsafe state.pointee.count == 0 {
            unsafe pthread_cond_wait(&state.pointee.condition, &state.pointee.mutex)
        }
        unsafe state.pointee.count -= 1
        unsafe pthread_mutex_unlock(&state.pointee.mutex)
    }

    /// Waits no longer than until `deadline`; returns whether it took one.
    package func wait(until deadline: ContinuousClock.Instant) -> Bool {
        // SAFETY: as in `wait`.
        unsafe pthread_mutex_lock(&state.pointee.mutex)
        defer { unsafe pthread_mutex_unlock(&state.pointee.mutex) }
        while unsafe state.pointee.count == 0 {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { return false }
            wait(atMost: left)
        }
        unsafe state.pointee.count -= 1
        return true
    }

    /// Sleeps once, with the mutex held by the caller; it may return early.
    private func wait(atMost left: Duration) {
        var time = timespec()
        let (seconds, attoseconds) = left.components
        #if canImport(Darwin)
            time.tv_sec = Int(seconds)
            time.tv_nsec = Int(attoseconds / 1_000_000_000)
            // SAFETY: the mutex is held by this thread; `time` is a local.
            _ = unsafe pthread_cond_timedwait_relative_np(&state.pointee.condition, &state.pointee.mutex, &time)
        #else
            // SAFETY: `time` is a local; the mutex is held by this thread.
            unsafe clock_gettime(CLOCK_MONOTONIC, &time)
            let nanoseconds = Int(time.tv_nsec) + Int(attoseconds / 1_000_000_000)
            time.tv_sec += time_t(seconds) + time_t(nanoseconds / 1_000_000_000)
            time.tv_nsec = .init(nanoseconds % 1_000_000_000)
            _ = unsafe pthread_cond_timedwait(&state.pointee.condition, &state.pointee.mutex, &time)
        #endif
    }
}
