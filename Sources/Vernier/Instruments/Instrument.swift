/// A metric that host code updates: one series.
///
/// ``Counter``, ``UpDownCounter``, ``Gauge``, ``Histogram``, ``Summary`` and ``StateSet`` are instruments. A value of one is a few
/// words; copying it copies no state, and all copies update the same series. An instrument may be kept as long as one likes:
/// updates after its series was removed are dropped.
///
/// The protocol is for the library's own instruments: a cell has the words that its declaration made it with, and an instrument of
/// another kind made of it would write beside them.
public protocol Instrument: Sendable {
    /// Makes the instrument of a series. Families do this.
    init(cell: Cell)
}
