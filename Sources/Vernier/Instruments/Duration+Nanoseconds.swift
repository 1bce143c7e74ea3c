extension Duration {
    /// The whole nanoseconds of a duration that is not negative, at most 2⁶⁴ − 1.
    @inlinable
    var wholeNanoseconds: UInt64? {
        let attoseconds = attoseconds
        if attoseconds >= 0, let small = UInt64(exactly: attoseconds) { return small / 1_000_000_000 }
        guard attoseconds >= 0 else { return nil }
        return UInt64(clamping: attoseconds / 1_000_000_000)
    }
}
