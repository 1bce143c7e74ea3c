/// The upper bounds of a histogram's buckets, without the last one, `+Inf`, which is always there.
public struct Buckets: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// The bounds as they were given.
    public let bounds: [Double]

    /// Takes bounds in rising order: `[0.1, 0.5, 1]`.
    public init(arrayLiteral bounds: Double...) { self.bounds = bounds }

    /// Takes bounds in rising order.
    public static func explicit(_ bounds: [Double]) -> Buckets { Buckets(bounds) }

    /// Bounds at equal distances: `start`, `start + width`, and so on.
    public static func linear(start: Double, width: Double, count: Int) -> Buckets {
        Buckets((0..<usable(count)).map { start + width * Double($0) })
    }

    /// Bounds of which each is the one before times a factor: `start`, `start * factor`, and so on.
    public static func exponential(start: Double, factor: Double, count: Int) -> Buckets {
        var bound = start
        return Buckets(
            (0..<usable(count)).map { _ in
                defer { bound *= factor }
                return bound
            })
    }

    /// From 5 milliseconds to 10 seconds, as other client libraries have them: for the duration of requests.
    public static let `default`: Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// No bound: `+Inf` alone, for a histogram with ``NativeBuckets``, and for no other.
    public static let none: Buckets = []

    /// Whether there is no bound but `+Inf`.
    var isNone: Bool { bounds.isEmpty || bounds == [.infinity] }

    private init(_ bounds: [Double]) { self.bounds = bounds }

    /// A count that is neither negative nor far beyond what is allowed, which ``problem`` then says.
    private static func usable(_ count: Int) -> Int { min(max(0, count), maximumCount + 1) }

    /// How many bounds a histogram has at most.
    static let maximumCount = 1_000

    /// What is wrong with the bounds.
    var problem: String? {
        let finite = bounds.last == .infinity ? bounds.dropLast() : bounds[...]
        if finite.isEmpty { return "its buckets need at least one finite bound, unless it has native buckets" }
        if finite.count > Self.maximumCount { return "its \(finite.count) bounds are more than \(Self.maximumCount)" }
        if !finite.allSatisfy(\.isFinite) { return "its bounds \(bounds) must be finite numbers" }
        if !zip(finite, finite.dropFirst()).allSatisfy(<) { return "its bounds \(bounds) must rise" }
        return nil
    }

    /// The bounds that can be used, whatever was given.
    var usableBounds: [Double] {
        // Adding zero turns the negative zero into the positive one, which has the same text in a bucket.
        Array(Set(bounds.filter(\.isFinite).map { $0 + 0 }).sorted().prefix(Self.maximumCount))
    }
}
