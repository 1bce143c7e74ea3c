/// How a histogram keeps native buckets: exponential ones that need no bounds, and are there only where something was observed.
///
/// ```swift
/// let latency = Histogram("http_request_duration", unit: .seconds, help: "Time to answer.", native: .standard)
/// ```
///
/// Protobuf pages show them (Prometheus 2.40 and later asks for those where it scrapes native histograms); text pages show the other
/// buckets. `buckets: .none` leaves `+Inf` as the only one of those.
///
/// Bounds are powers of a number that is the same for all histograms with the same *schema*, from -4 to 8, so that histograms can be added up.
/// When there are more buckets than the limit allows, one of three things is done, the first that can be: the histogram starts again
/// from zero, if it is older than the reset interval; the zero bucket takes in the bucket next to it, if the zero threshold may rise so
/// far; all buckets become twice as wide, down to schema -4 (Prometheus, "Native Histograms").
public struct NativeBuckets: Sendable, Hashable {
    /// How far a bucket may reach: by what its upper bound is at most greater than its lower one.
    ///
    /// The schema is the coarsest whose buckets reach no farther: 3 for 1.1, 0 for 2, -4 from 65,536 on; 8, where they reach 1.0027 times as
    /// far, when the factor is less than that.
    public let growthFactor: Double
    /// How many buckets, of positive and negative values together, are too many if exceeded.
    ///
    /// At schema -4 nothing more can be done about them; there are 266 there at most.
    public let limit: Int
    /// The largest magnitude that counts as zero.
    public let zeroThreshold: Double
    /// How far the zero threshold may rise to keep buckets few; zero, or less than the threshold, for not at all.
    public let maximumZeroThreshold: Double
    /// How old a histogram with too many buckets has to be to start again from zero; `nil` for never.
    ///
    /// The observation that finds it so waits for those of other threads that are between two instructions.
    public let minimumResetInterval: Duration?

    /// Chooses buckets; what is not allowed the histogram's declaration says.
    ///
    /// - Parameters:
    ///   - growthFactor: how far a bucket may reach, above 1.
    ///   - limit: how many buckets there may be, from 4 to 4,096.
    ///   - zeroThreshold: the largest magnitude that counts as zero, from 0 to 2^1000.
    ///   - maximumZeroThreshold: how far that may rise, from 0 to 2^1000.
    ///   - minimumResetInterval: the age from which the histogram starts again instead of becoming coarser; longer than nothing.
    public init(
        growthFactor: Double = 1.1, limit: Int = 160, zeroThreshold: Double = 0x1p-128,
        maximumZeroThreshold: Double = 0, minimumResetInterval: Duration? = nil
    ) {
        self.growthFactor = growthFactor
        self.limit = limit
        self.zeroThreshold = zeroThreshold
        self.maximumZeroThreshold = maximumZeroThreshold
        self.minimumResetInterval = minimumResetInterval
    }

    /// Buckets of at most 10 percent, 160 of them at most.
    public static let standard = NativeBuckets()

    private static let limits = 4...4096
    private static let thresholds = 0...0x1p1000

    /// What is wrong with them.
    var problem: String? {
        if !(growthFactor > 1 && growthFactor.isFinite) {
            return "the growth factor \(growthFactor) of its native buckets must be a number above 1"
        }
        if !Self.limits.contains(limit) {
            return
                "the limit \(limit) of its native buckets must be from \(Self.limits.lowerBound) to \(Self.limits.upperBound)"
        }
        for threshold in [zeroThreshold, maximumZeroThreshold] where !Self.thresholds.contains(threshold) {
            return "the zero threshold \(threshold) of its native buckets must be from 0 to 2^1000"
        }
        if let minimumResetInterval, minimumResetInterval <= .zero {
            return "the reset interval \(minimumResetInterval) of its native buckets must be longer than nothing"
        }
        return nil
    }

    /// What cells need to know, whatever was given.
    var settings: NativeSettings {
        NativeSettings(
            schema: NativeIndex.schema(growthFactor: growthFactor),
            limit: min(max(limit, Self.limits.lowerBound), Self.limits.upperBound),
            zeroThreshold: Self.usable(zeroThreshold), maximumZeroThreshold: Self.usable(maximumZeroThreshold),
            resetInterval: minimumResetInterval.map { max(1, $0.bounded.wholeNanoseconds ?? 1) } ?? 0)
    }

    private static func usable(_ threshold: Double) -> Double {
        threshold.isNaN ? 0 : min(max(threshold, thresholds.lowerBound), thresholds.upperBound)
    }

    /// What tells them from others, for a clash of declarations.
    var text: String {
        let reset = minimumResetInterval.map { " reset after \($0)" } ?? ""
        return "native \(growthFactor) limit \(limit) zero \(zeroThreshold) to \(maximumZeroThreshold)\(reset)"
    }
}
