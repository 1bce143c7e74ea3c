/// The buckets into which a ``QuantileWindow`` sorts numbers, by rising value.
///
/// A bucket is a 64th of an octave, straight from a number's bits: the exponent and the six highest bits of the fraction.
/// There are 80 octaves, from 2^-40 to 2^40, of either sign, and between them one bucket for all that is nearer to zero.
enum QuantileBucket {
    /// Octaves of one sign.
    private static let octaves = 80
    /// Buckets of one sign.
    private static let side = octaves << 6
    /// Exponent and six bits of the fraction of 2^-40.
    private static let lowestKey = (1023 - 40) << 6

    /// The bucket of zero.
    static let zero = side
    /// How many buckets there are.
    static let count = 2 * side + 1

    /// The bucket of a number; what is beyond 2^40, infinity included, falls into the last one of its sign.
    @inline(__always)
    static func index(of value: Double) -> Int {
        let key = Int(truncatingIfNeeded: (value.magnitude.bitPattern &>> 46)) &- lowestKey
        if key < 0 { return zero }
        let distance = min(key, side &- 1) &+ 1
        return value.sign == .minus ? zero &- distance : zero &+ distance
    }

    /// The number that stands for a bucket: the one whose relative error against both ends is the same.
    ///
    /// For the bounds a < b it is 2ab / (a + b), and the error (b - a) / (a + b) is at most 1 / 129.
    static func representative(of index: Int) -> Double {
        let distance = (index - zero).magnitude
        if distance == 0 { return 0 }
        let key = UInt64(distance) - 1 + UInt64(lowestKey)
        let low = Double(bitPattern: key << 46)
        let high = Double(bitPattern: (key + 1) << 46)
        let value = 2 * low * high / (low + high)
        return index < zero ? -value : value
    }
}
