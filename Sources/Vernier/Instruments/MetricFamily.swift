/// Metrics of one name that labels tell apart.
///
/// ```swift
/// let requests = CounterFamily(
///     "http_requests", help: "Requests served.", labels: .of(Label<Method>("method"), Label<Int>("status")))
/// requests[.get, 200].increment()
/// ```
///
/// When all labels are finite all series exist from the start, and access is arithmetic; above 16,384 combinations they are made when
/// they are first asked for. With open labels a series is made when it is first asked for, up to a limit; beyond it, or when its label
/// text has more than 64 KiB, updates go to one series whose labels say `__overflow__`, and `vernier_overflowed_lookups_total` counts
/// them. The limit is that of the first declaration of a family.
///
/// Access costs no allocation and no lock for a series that exists, nor, as long as the family is full, beyond the limit; making a series
/// takes the family's lock.
public struct MetricFamily<Member: Instrument, Labels: LabelSchema>: Sendable {
    @usableFromInline let store: SeriesStore
    @usableFromInline let labels: Labels

    init(store: SeriesStore, labels: Labels) {
        self.store = store
        self.labels = labels
    }

    /// How many series a family with open labels has at most, unless its declaration says otherwise.
    public static var defaultLimit: Int { 10_000 }

    /// The series with these label values.
    @inlinable
    public subscript(values: Labels.Values) -> Member {
        @inline(__always) get { Member(cell: Cell(place(of: values), store.shared)) }
    }

    @inlinable
    @inline(__always)
    func place(of values: Labels.Values) -> CellPlace {
        if store.isFixed { return store.fixedPlace(labels.index(of: values)) }
        let key = labels.key(of: values, store.seeds)
        if let place = store.place(for: key) { return place }
        return makePlace(key, values)
    }
}

extension MetricFamily {
    // Each of these finds the series without making a tuple first, which would cost a reference count for every string.

    /// The series with these two label values.
    @inlinable
    public subscript<A, B>(a: A, b: B) -> Member where Labels == Labels2<A, B> {
        @inline(__always) get {
            if store.isFixed { return member(store.fixedPlace(labels.index(a, b))) }
            let key = labels.key(a, b, store.seeds)
            if let place = store.place(for: key) { return member(place) }
            return member(makePlace(key, a, b))
        }
    }

    /// The series with these three label values.
    @inlinable
    public subscript<A, B, C>(a: A, b: B, c: C) -> Member where Labels == Labels3<A, B, C> {
        @inline(__always) get {
            if store.isFixed { return member(store.fixedPlace(labels.index(a, b, c))) }
            let key = labels.key(a, b, c, store.seeds)
            if let place = store.place(for: key) { return member(place) }
            return member(makePlace(key, a, b, c))
        }
    }

    /// The series with these four label values.
    @inlinable
    public subscript<A, B, C, D>(a: A, b: B, c: C, d: D) -> Member where Labels == Labels4<A, B, C, D> {
        @inline(__always) get {
            if store.isFixed { return member(store.fixedPlace(labels.index(a, b, c, d))) }
            let key = labels.key(a, b, c, d, store.seeds)
            if let place = store.place(for: key) { return member(place) }
            return member(makePlace(key, a, b, c, d))
        }
    }

    @inlinable
    @inline(__always)
    func member(_ place: CellPlace) -> Member { Member(cell: Cell(place, store.shared)) }
}

extension MetricFamily {
    /// Removes a series from the page; where all labels are finite, sets it back to zero instead.
    ///
    /// Updates through instruments that were taken before are dropped from now on. A series that is asked for again starts at zero.
    ///
    /// - Returns: whether there was such a series.
    /// - Complexity: constant; takes the family's lock.
    @discardableResult
    public func remove(_ values: Labels.Values) -> Bool {
        if store.isFixed {
            store.resetFixed(labels.index(of: values))
            return true
        }
        return store.remove(labels.key(of: values, store.seeds))
    }

    /// Removes the series whose labels satisfy a condition; where all labels are finite, sets them back to zero instead.
    ///
    /// - Returns: how many series there were.
    /// - Complexity: linear in the number of series; the condition is called without a lock.
    @discardableResult
    public func removeAll(where condition: ([LabelPair]) -> Bool) -> Int {
        store.removeAll(where: condition)
    }

    /// Removes all series; where all labels are finite, sets them back to zero instead.
    public func removeAll() {
        _ = store.removeAll { _ in true }
    }

    /// How many series the family shows.
    ///
    /// - Complexity: linear in the number of series; takes the family's lock.
    public var seriesCount: Int { store.seriesCount }

    /// Borrows a series until the lease ends: for what comes and goes, such as a connection or a tenant.
    ///
    /// When the last lease of a series has ended, the series disappears after scrapes have seen its last value.
    ///
    /// ```swift
    /// let lease = bytesSent.lease(connection.id)
    /// lease.instrument.increment(by: 512)
    /// lease.end()          // or let go of it
    /// ```
    public func lease(_ values: Labels.Values) -> SeriesLease<Member> {
        if store.isFixed { return SeriesLease(Cell(place(of: values), store.shared), slot: nil, store) }
        var text = store.textBuilder()
        labels.render(values, into: &text)
        let (place, slot) = store.beginLease(labels.key(of: values, store.seeds), text)
        return SeriesLease(Cell(place, store.shared), slot: slot, store)
    }
}

/// Keeps a series on the page until it ends.
public final class SeriesLease<Member: Instrument>: Sendable {
    /// The series.
    public let instrument: Member
    private let generation: UInt32
    private let store: SeriesStore
    private let slot: Int?
    private let isEnded = Flag()

    init(_ cell: Cell, slot: Int?, _ store: SeriesStore) {
        generation = cell.place.generation
        self.slot = slot
        self.store = store
        instrument = Member(cell: cell)
    }

    deinit { end() }

    /// Ends the lease; further calls do nothing.
    ///
    /// Letting go of the lease ends it too. The series stays until two scrapes have shown its last value.
    public func end() {
        guard isEnded.raise(), let slot else { return }
        store.endLease(generation, slot: slot)
    }
}
