/// Summaries: a histogram of one bucket for count and sum, and a window for quantiles.
extension Cell {
    /// The window that the store keeps for the series.
    @usableFromInline
    var window: QuantileWindow {
        let address = UInt(words.loadAcquiring(SummaryWords.window))
        // SAFETY: the store wrote the address of a window that is never released before it handed this cell out.
        return unsafe Unmanaged<QuantileWindow>.fromOpaque(UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped)
            .takeUnretainedValue()
    }
}
