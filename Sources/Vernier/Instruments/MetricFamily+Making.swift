/// What a lookup does that finds no series: it makes one, or ends at the overflow series.
///
/// Compiled where the labels' types are known, and apart from the lookup, whose code it would make longer. The label values come one
/// by one, as in the lookup: making a tuple of them would cost every lookup that finds its series a reference count for every string.
extension MetricFamily {
    @inlinable
    @inline(never)
    func makePlace(_ key: SeriesKey, _ values: Labels.Values) -> CellPlace {
        if let place = store.overflowPlace(for: key) { return place }
        var text = store.textBuilder()
        labels.render(values, into: &text)
        return store.makePlace(for: key, text)
    }

    @inlinable
    @inline(never)
    func makePlace<A, B>(_ key: SeriesKey, _ a: A, _ b: B) -> CellPlace where Labels == Labels2<A, B> {
        if let place = store.overflowPlace(for: key) { return place }
        var text = store.textBuilder()
        labels.render(a, b, into: &text)
        return store.makePlace(for: key, text)
    }

    @inlinable
    @inline(never)
    func makePlace<A, B, C>(_ key: SeriesKey, _ a: A, _ b: B, _ c: C) -> CellPlace where Labels == Labels3<A, B, C> {
        if let place = store.overflowPlace(for: key) { return place }
        var text = store.textBuilder()
        labels.render(a, b, c, into: &text)
        return store.makePlace(for: key, text)
    }

    @inlinable
    @inline(never)
    func makePlace<A, B, C, D>(_ key: SeriesKey, _ a: A, _ b: B, _ c: C, _ d: D) -> CellPlace
    where Labels == Labels4<A, B, C, D> {
        if let place = store.overflowPlace(for: key) { return place }
        var text = store.textBuilder()
        labels.render(a, b, c, d, into: &text)
        return store.makePlace(for: key, text)
    }
}
