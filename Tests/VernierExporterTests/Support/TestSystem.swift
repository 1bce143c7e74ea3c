#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import Synchronization

/// How many descriptors the process has open.
func openDescriptors() -> Int {
    (0..<8192).reduce(0) { $0 + (fcntl($1, F_GETFD) >= 0 ? 1 : 0) }
}

/// Asks for more descriptors than most systems give at first.
func raiseDescriptorLimit(to count: UInt) {
    var limit = rlimit()
    // SAFETY: a local, filled by the first call and read by the second.
    unsafe getrlimit(descriptorLimit, &limit)
    limit.rlim_cur = max(limit.rlim_cur, min(rlim_t(count), limit.rlim_max))
    unsafe setrlimit(descriptorLimit, &limit)
}

/// Leaves room for that many more descriptors than are open.
func leaveDescriptors(_ count: Int) {
    limitDescriptors(to: openDescriptors() + count)
}

/// Allows that many descriptors; for tests in a process of their own.
func limitDescriptors(to count: Int) {
    var limit = rlimit()
    // SAFETY: a local, filled by the first call and read by the second.
    unsafe getrlimit(descriptorLimit, &limit)
    limit.rlim_cur = rlim_t(count)
    unsafe setrlimit(descriptorLimit, &limit)
}

#if canImport(Glibc)
    private let descriptorLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
    private let descriptorLimit = RLIMIT_NOFILE
#endif

/// A path for a socket that no other test uses.
func temporaryPath() -> String {
    "/tmp/vernier-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).sock"
}

/// Makes an empty file.
func makeFile(_ path: String) {
    // SAFETY: the path is a terminated copy for the time of the call.
    _ = close(unsafe open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
}

func removeFile(_ path: String) {
    // SAFETY: the path is a terminated copy for the time of the call.
    _ = unsafe unlink(path)
}

/// Waits until something is so; returns whether it came to be.
func eventually(within time: Duration = .seconds(3), _ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + time
    while ContinuousClock.now < deadline {
        if condition() { return true }
        usleep(2000)
    }
    return condition()
}

/// How long something takes.
func elapsed(_ body: () throws -> Void) throws -> Duration {
    let start = ContinuousClock.now
    try body()
    return start.duration(to: .now)
}

/// A count that threads share.
final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}
