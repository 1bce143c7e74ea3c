/// Turns texts into vectors, so that texts with common words, and with words that look alike, have a small angle between them.
///
/// It is the hashing trick: each word and each three letters of a word are a feature, whose hash says which component it adds to,
/// and with which sign. No model has to be loaded, and the same text always has the same vector.
struct Embedder: Sendable {
    static let model = "hashing-256"
    static let dimensions = 256

    /// The vector of a text, with the length 1, or all zeros for a text without words.
    func vector(of text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: Self.dimensions)
        for word in Self.words(of: text) {
            let bytes = Array("<\(word)>".utf8)
            add(bytes[...], weight: 1, to: &vector)
            for start in 0..<max(0, bytes.count - 2) { add(bytes[start..<start + 3], weight: 0.3, to: &vector) }
        }
        let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length == 0 ? vector : vector.map { $0 / length }
    }

    /// The words of a text, in lower case.
    static func words(of text: String) -> [Substring] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }

    /// The cosine of the angle between two vectors of length 1.
    static func likeness(_ one: [Float], _ other: [Float]) -> Double {
        var sum: Float = 0
        for index in 0..<min(one.count, other.count) { sum += one[index] * other[index] }
        return Double(sum)
    }

    private func add(_ feature: ArraySlice<UInt8>, weight: Float, to vector: inout [Float]) {
        // FNV-1a: short, and good enough to spread features.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in feature { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        vector[Int(hash % UInt64(Self.dimensions))] += hash >> 63 == 0 ? weight : -weight
    }
}
