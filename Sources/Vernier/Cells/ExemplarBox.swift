/// An exemplar that lies in a word of a cell, as the address of this object.
///
/// A word owns one reference. Whoever exchanges the word owns the reference that was in it, so there is always one who lets it go, and
/// nobody looks at an object that another one may let go of: a scrape takes the exemplar out, reads it, and puts it back.
final class ExemplarBox: Sendable {
    let exemplar: Exemplar

    init(_ exemplar: Exemplar) { self.exemplar = exemplar }

    /// The address, with a reference that whoever takes it from the word owns.
    func retainedAddress() -> UInt64 {
        // SAFETY: the reference is balanced by `owned(_:)` of whoever takes the address out of its word.
        unsafe UInt64(UInt(bitPattern: Unmanaged.passRetained(self).toOpaque()))
    }

    /// The object whose address was taken out of a word, with the word's reference; nil for zero.
    static func owned(_ address: UInt64) -> ExemplarBox? {
        // SAFETY: a word holds zero or an address from `retainedAddress()`, and the exchange that took it out gave it to one caller alone.
        unsafe UnsafeRawPointer(bitPattern: UInt(address)).map { unsafe Unmanaged.fromOpaque($0).takeRetainedValue() }
    }
}
