/// What a size of a body may be that is summed.
enum BodySize {
    /// More than this, a tebibyte, is no size but what a peer claims: it would spoil the sum, of which a `Double` keeps 53 bits.
    static let largest = 1 << 40

    /// A size that may be observed; `nil` for one that is not known, is negative or is no size.
    @inline(__always)
    static func known(_ bytes: Int?) -> Int? {
        guard let bytes, bytes >= 0, bytes <= largest else { return nil }
        return bytes
    }
}
