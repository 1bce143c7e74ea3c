/// Metrics of one name whose labels are named where they are counted, each series with its own: for the adapters of libraries that leave
/// names to the call.
///
/// The page stays as strict as with labels that are declared: a series is its label text, sorted by name, and so stands there once. The caller
/// hands over names that ``MetricName`` allows, each once; labels with an empty value are none.
package struct DynamicFamily<Member: Instrument>: Sendable {
    /// A series, and what finds it again; nothing for the one that takes what comes beyond the limit.
    package struct Series: Sendable {
        package let instrument: Member
        package let key: SeriesKey?
    }

    private let store: SeriesStore
    /// What stands against it; then it works, and is not on the page.
    package let clash: RegistrationError?

    init(_ declaration: Declaration, in registry: Registry) {
        (store, clash) = declaration.dynamic(in: registry)
    }

    /// What it has in common with all families that are declared in the same words, and with no other as long as it is there.
    package var identity: ObjectIdentifier { ObjectIdentifier(store) }

    /// Says and counts what stands against it, if anything does.
    ///
    /// Not by the initializer: a caller that makes it under a lock calls this after it.
    package func reportClash(in registry: Registry) {
        if let clash { registry.noteDetached(clash) }
    }

    /// What finds the series with these labels.
    ///
    /// - Complexity: Linear in the length of the text, without a lock.
    package func lookup(_ labels: [LabelPair]) -> DynamicLookup {
        let shown = labels.filter { !$0.value.isEmpty }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let text = LabelText.rendered(shown)
        return DynamicLookup(key: SeriesKey(LabelKey(bytes: text.span), store.seeds.first), text: text)
    }

    /// The series that takes what is beyond the limit, where this can be said without the lock.
    package func overflow(_ lookup: DynamicLookup) -> Member? {
        guard store.place(for: lookup.key) == nil, let place = store.overflowPlace(for: lookup.key) else { return nil }
        return Member(cell: Cell(place, store.shared))
    }

    /// The series that takes what is beyond the limit, for labels that cannot have one of their own; counts them as beyond it.
    ///
    /// - Complexity: Takes the family's lock.
    package func overflow() -> Member {
        Member(cell: Cell(store.state.withLock { store.place(slot: store.overflowingSlot(in: &$0)) }, store.shared))
    }

    /// The series with these labels, made if need be.
    ///
    /// - Complexity: Takes the family's lock for a series that is not there.
    package func series(_ lookup: DynamicLookup) -> Series {
        if let place = store.place(for: lookup.key) { return series(place, lookup.key) }
        let place = store.makePlace(for: lookup.key, LabelTextBuilder(text: lookup.text))
        // Found under its key it is no other's.
        let isOwn = store.place(for: lookup.key)?.generationWord.address == place.generationWord.address
        return series(place, isOwn ? lookup.key : nil)
    }

    private func series(_ place: CellPlace, _ key: SeriesKey?) -> Series {
        Series(instrument: Member(cell: Cell(place, store.shared)), key: key)
    }

    /// Removes a series from the page; updates through its instruments are dropped from now on.
    @discardableResult
    package func remove(_ key: SeriesKey) -> Bool { store.remove(key) }

    /// The name that stands for a label's name in a family of any names: itself, or the one that came before and that some pages show in
    /// the same way, escaped; nil when the family has too many names.
    package func claim(label name: String) -> String? {
        let forms = EscapingScheme.forms(ofLabel: name)
        return store.state.withLock { state in
            if let owner = forms.compactMap({ state.labelForms[$0] }).min() { return owner }
            guard state.labelForms.count < Self.formLimit else { return nil }
            for form in forms { state.labelForms[form] = name }
            return name
        }
    }

    private static var formLimit: Int { 2_000 }
}

/// A label text and its key in a family.
package struct DynamicLookup: Sendable {
    let key: SeriesKey
    let text: [UInt8]
}

/// How the names of labels may be that come with each series.
package enum DynamicNames: Sendable {
    /// Such that every scraper reads them as they are.
    case legacy
    /// Any.
    case any

    var text: String {
        self == .any ? "labels of any names that come with each series" : "labels that come with each series"
    }

    /// A label's name if it is not taken, and otherwise what Prometheus calls a label whose name a target has taken.
    package static func free(_ name: String, besides taken: Set<String>) -> String {
        var free = name
        while taken.contains(free) { free = "exported_\(free)" }
        return free
    }
}

extension DynamicFamily where Member == Counter {
    /// Sets a counter back to zero, and the time since which it counts; it goes on counting.
    ///
    /// - Returns: whether its series is still there.
    @discardableResult
    package func reset(_ counter: Counter, _ key: SeriesKey) -> Bool { store.reset(key, counter.cell.place.generation) }

    /// Declares counters; those that clash with another family work, and are not exposed (``reportClash(in:)``).
    package init(
        counters name: String, help: String, names: DynamicNames, limit: Int, exemplars: ExemplarSampling,
        registry: Registry
    ) {
        var declaration = Counter.kind.declaration(name, nil, help, exemplars: exemplars)
        (declaration.dynamicNames, declaration.limit) = (names, limit)
        self.init(declaration, in: registry)
    }
}

extension DynamicFamily where Member == Gauge {
    /// Declares gauges; those that clash with another family work, and are not exposed (``reportClash(in:)``).
    package init(gauges name: String, help: String, names: DynamicNames, limit: Int, registry: Registry) {
        var declaration = Gauge.kind.declaration(name, nil, help)
        (declaration.dynamicNames, declaration.limit) = (names, limit)
        self.init(declaration, in: registry)
    }
}

extension DynamicFamily where Member == Histogram {
    /// Declares histograms; those that clash with another family work, and are not exposed (``reportClash(in:)``).
    package init(
        histograms name: String, unit: MetricUnit?, help: String, buckets: Buckets, native: NativeBuckets?,
        names: DynamicNames, limit: Int, exemplars: ExemplarSampling, registry: Registry
    ) {
        var declaration = Histogram.declaration(name, unit, help, buckets, native, exemplars: exemplars)
        (declaration.dynamicNames, declaration.limit) = (names, limit)
        self.init(declaration, in: registry)
    }
}

extension Histogram {
    /// Refuses an update that an adapter is not to make, and counts it in `vernier_rejected_updates_total`.
    package func reject() { cell.reject() }
}
