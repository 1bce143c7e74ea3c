extension [UInt8] {
    /// Adds the bytes of a span at the end.
    mutating func append(_ bytes: RawSpan) {
        // SAFETY: the pointer covers exactly the span's initialised bytes, lives as long as the closure runs, is only read,
        // and does not alias this array, which is held exclusively while it is mutated.
        unsafe bytes.withUnsafeBytes { unsafe append(contentsOf: $0) }
    }

    /// Lends the array's octets as a raw span.
    func withRawSpan(_ body: (RawSpan) throws -> Void) rethrows {
        // SAFETY: the elements are octets, initialised and without padding; the span ends with the call.
        try unsafe body(span.bytes)
    }
}
