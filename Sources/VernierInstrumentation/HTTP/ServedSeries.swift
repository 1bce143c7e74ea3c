import Synchronization
import Vernier

/// The series of requests that have method, route and status in common and did not fail.
final class ServedSeries: Sendable {
    /// What they are found by.
    struct Key: Equatable {
        /// The two words of the route's string: its bytes where it is short, otherwise where they are.
        let low: UInt64
        let high: UInt64
        /// The status above the method, and which sizes there are.
        let kind: UInt64

        @inline(__always)
        init(
            _ method: RequestMethod, _ route: borrowing String, _ status: Int, _ requestBytes: Int?,
            _ responseBytes: Int?
        ) {
            (low, high) = StringBits.words(of: route)
            let sizes: UInt64 = (requestBytes == nil ? 0 : 1) | (responseBytes == nil ? 0 : 2)
            let named = UInt64(truncatingIfNeeded: status) &<< 8 | UInt64(truncatingIfNeeded: method.labelIndex) &<< 2
            kind = named | sizes
        }

        var hasRequestSize: Bool { kind & 1 != 0 }
        var hasResponseSize: Bool { kind & 2 != 0 }

        /// Where to look first.
        @inline(__always)
        var hash: UInt64 { ((low ^ high &* 0x9e37_79b9_7f4a_7c15) &+ kind) &* 0xd6e8_feb8_6659_fd93 }
    }

    let key: Key
    /// Keeps the string, so that no other comes to have its address.
    private let route: String
    let durations: Histogram
    let requestSizes: Histogram?
    let responseSizes: Histogram?

    init(_ key: Key, _ route: String, durations: Histogram, requestSizes: Histogram?, responseSizes: Histogram?) {
        self.key = key
        self.route = route
        self.durations = durations
        self.requestSizes = requestSizes
        self.responseSizes = responseSizes
    }

    /// Whether none of them was removed from its family.
    @inline(__always)
    var areLive: Bool {
        durations.isLive && requestSizes?.isLive != false && responseSizes?.isLive != false
    }
}

/// Finds the series of frequent requests at one look, for all families at once.
///
/// A router has one string for each of its routes, and hands it out for each request. So its two words tell the route, and not a byte of a long one has
/// to be looked at. A string with the same bytes elsewhere has an entry of its own, for the same series; there are at most 128 entries, and who finds
/// none looks into the families.
@safe
final class ServedSeriesTable: @unchecked Sendable {
    // SAFETY (Sendable): an entry never changes, is complete before its address is stored, and is kept as long as the table; places are atomic.
    private let places: UnsafeMutablePointer<Atomic<UInt>>
    private let kept = Lock<[ServedSeries]>([])
    private let isFull = Atomic(false)

    private static var capacity: Int { 256 }
    /// At most half of the places are taken, so that a search is short.
    private static var limit: Int { capacity / 2 }

    init() {
        // SAFETY: room for as many words as are initialized; freed by the deinit.
        unsafe places = .allocate(capacity: Self.capacity)
        for index in 0..<Self.capacity { unsafe (places + index).initialize(to: Atomic(0)) }
    }

    deinit {
        // SAFETY: all were initialized, and nobody reads any more.
        unsafe places.deinitialize(count: Self.capacity)
        unsafe places.deallocate()
    }

    /// Records a request in its series, if they are here.
    ///
    /// - Returns: whether they were.
    /// - Complexity: No lock, no allocation, no reference counted.
    @inline(__always)
    func record(
        _ key: ServedSeries.Key, _ nanoseconds: UInt64, _ requestBytes: Int?, _ responseBytes: Int?
    ) -> Bool {
        var index = Self.home(key)
        while true {
            // Acquiring: the entry was complete when its address was stored.
            // SAFETY: the index is masked; the address is zero or that of an entry, which lives as long as this table.
            let address = unsafe places[index].load(ordering: .acquiring)
            guard let pointer = unsafe UnsafeRawPointer(bitPattern: address) else { return false }
            let isDone = unsafe Unmanaged<ServedSeries>.fromOpaque(pointer)._withUnsafeGuaranteedRef { series in
                // One whose series were removed stays where it is, as what was put behind it must be found.
                guard series.key == key, series.areLive else { return false }
                series.durations.observe(nanoseconds: nanoseconds)
                if let requestBytes { series.requestSizes?.observe(requestBytes) }
                if let responseBytes { series.responseSizes?.observe(responseBytes) }
                return true
            }
            if isDone { return true }
            index = (index &+ 1) & (Self.capacity &- 1)
        }
    }

    /// Whether there is room for more; relaxed, as one look too many only takes the lock.
    var hasRoom: Bool { !isFull.load(ordering: .relaxed) }

    /// Takes series in, unless they are here, or there are as many as may be.
    ///
    /// - Complexity: linear in the number of entries; takes the lock.
    func keep(_ series: ServedSeries) {
        kept.withLock { kept in
            guard kept.count < Self.limit else { return isFull.store(true, ordering: .relaxed) }
            if kept.contains(where: { $0.key == series.key && $0.areLive }) { return }
            var index = Self.home(series.key)
            // Relaxed: places are only changed under the lock.
            // SAFETY: the index is masked.
            while unsafe places[index].load(ordering: .relaxed) != 0 { index = (index &+ 1) & (Self.capacity &- 1) }
            kept.append(series)
            // Releasing: see `record`.
            // SAFETY: the pointer is only turned into a number.
            let address = unsafe UInt(bitPattern: Unmanaged.passUnretained(series).toOpaque())
            unsafe places[index].store(address, ordering: .releasing)
        }
    }

    @inline(__always)
    private static func home(_ key: ServedSeries.Key) -> Int {
        Int(truncatingIfNeeded: key.hash &>> 56) & (capacity &- 1)
    }
}
