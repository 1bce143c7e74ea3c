extension Duration {
    /// The duration from nothing to thirty years, in which sums and differences with the clock are safe.
    package var bounded: Duration { min(max(self, .zero), .seconds(1_000_000_000)) }

    /// The whole nanoseconds of a duration that is not negative, at most 2⁶⁴ − 1.
    @inlinable
    var wholeNanoseconds: UInt64? {
        let attoseconds = attoseconds
        if attoseconds >= 0, let small = UInt64(exactly: attoseconds) { return small / 1_000_000_000 }
        guard attoseconds >= 0 else { return nil }
        return UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
