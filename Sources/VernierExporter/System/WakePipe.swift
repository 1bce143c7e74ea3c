#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization
import Vernier

/// Ends another thread's wait in `poll`.
final class WakePipe: Sendable {
    private let readEnd: Socket
    private let writeEnd: Socket
    /// Whether an octet is under way: many calls to ``wake()`` cost one write.
    private let isPending = Atomic(false)

    init() throws(SystemError) {
        (readEnd, writeEnd) = try Socket.pipe()
    }

    /// The descriptor that becomes readable.
    var descriptor: Int32 { readEnd.descriptor }

    /// Makes the descriptor readable; what the caller wrote before is seen by the thread that then calls ``clear()``.
    func wake() {
        // Acquiring and releasing: pairs with the exchange in `clear`, so that whoever finds the flag set knows that the other
        // side has not looked yet.
        guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
        let octet: [UInt8] = [1]
        // SAFETY: the pointer covers the array's one octet during the call. The pipe holds a few octets at most, so it has room.
        _ = unsafe octet.withUnsafeBytes { unsafe write(writeEnd.descriptor, $0.baseAddress, 1) }
    }

    /// Makes the descriptor unreadable again; to be called before looking for what there is to do.
    func clear() {
        var octets: [UInt8] = [0, 0, 0, 0]
        // SAFETY: the pointer covers the array's octets, held exclusively during the call, with their count.
        _ = unsafe octets.withUnsafeMutableBytes { unsafe read(readEnd.descriptor, $0.baseAddress, $0.count) }
        _ = isPending.exchange(false, ordering: .acquiringAndReleasing)
    }
}
