public import Vernier

/// What differs between two expositions, in the order of families and samples.
///
/// ```swift
/// let difference = ExpositionDifference(from: expected, to: registry.gather(), options: .init(leavingOut: ["vernier_*"]))
/// #expect(difference.isEmpty, "\(difference)")
/// ```
///
/// Families and metrics may stand in any order, and NaN equals NaN. Created times, timestamps and exemplars count only when asked for.
public struct ExpositionDifference: Sendable, Hashable {
    /// What is compared and how.
    public struct Options: Sendable, Hashable {
        /// Names of families that do not count, `*` at the end of one standing for anything.
        public var leftOut: [String]
        /// How far two values may be apart and still count as equal, in the family's unit.
        public var tolerance: Double
        /// How far they may be apart as a share of the larger one: 0.01 for one percent.
        public var relativeTolerance: Double
        /// Whether help texts count.
        public var comparesHelp = true
        /// Whether it counts when a metric was made.
        public var comparesCreated = false
        /// Whether timestamps count.
        public var comparesTimestamps = false
        /// Whether exemplars count, without their timestamps unless timestamps count.
        public var comparesExemplars = false

        /// Makes options.
        ///
        /// - Parameters:
        ///   - families: names of families that do not count, `*` at the end of one standing for anything.
        ///   - tolerance: how far two values may be apart and still count as equal.
        ///   - relativeTolerance: the same as a share of the larger of them.
        public init(leavingOut families: [String] = [], tolerance: Double = 0, relativeTolerance: Double = 0) {
            leftOut = families
            self.tolerance = tolerance
            self.relativeTolerance = relativeTolerance
        }
    }

    /// One difference.
    public struct Entry: Sendable, Hashable {
        /// What differs.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// A family is only in the first exposition.
            case missingFamily = "missing family"
            /// A family is only in the second exposition.
            case extraFamily = "extra family"
            /// The family's type.
            case type
            /// The family's unit.
            case unit
            /// The family's help text.
            case help
            /// Whether a counter's samples end with `_total`.
            case suffix
            /// A sample is only in the first exposition, or a metric that has no samples.
            case missingSample = "missing"
            /// A sample is only in the second exposition, or a metric that has no samples.
            case extraSample = "extra"
            /// A sample's value.
            case value
            /// When a metric was made.
            case created
            /// When a value was read.
            case timestamp
            /// A sample's exemplar, or those of a native histogram.
            case exemplar
            /// The schema or the zero bucket of a native histogram.
            case resolution
        }

        /// What differs.
        public let kind: Kind
        /// The name of the family.
        public let family: String
        /// The sample with its labels as a page shows it; `nil` for what belongs to the whole family.
        public let sample: String?
        /// What the first exposition has, in words; `nil` for what it does not have.
        public let before: String?
        /// What the second exposition has, in words; `nil` for what it does not have.
        public let after: String?
    }

    /// The differences, by family and sample.
    public let entries: [Entry]

    /// Whether there is no difference.
    public var isEmpty: Bool { entries.isEmpty }

    /// Compares what was gathered or parsed.
    ///
    /// - Parameters:
    ///   - before: what is expected, or what was there before.
    ///   - after: what was found.
    ///   - options: what is compared and how.
    /// - Complexity: O(n log n) in the number of samples.
    public init(
        from before: [MetricFamilySnapshot], to after: [MetricFamilySnapshot], options: Options = Options()
    ) {
        let (old, new) = (before.leavingOut(options.leftOut).byName, after.leavingOut(options.leftOut).byName)
        entries = Set(old.keys).union(new.keys).sorted().flatMap { name -> [Entry] in
            switch (old[name], new[name]) {
            case (let old?, let new?): FamilyComparison(old, new, options).entries
            case (let old?, nil): [Entry(.missingFamily, name, before: old.summary)]
            case (nil, let new?): [Entry(.extraFamily, name, after: new.summary)]
            case (nil, nil): []
            }
        }
    }
}

extension ExpositionDifference.Entry {
    init(_ kind: Kind, _ family: String, _ sample: String? = nil, before: String? = nil, after: String? = nil) {
        self.kind = kind
        self.family = family
        self.sample = sample
        self.before = before
        self.after = after
    }
}

extension MetricFamilySnapshot {
    /// The family in few words.
    fileprivate var summary: String { "\(type.rawValue), \(Text.count(metrics.count, "metric"))" }

    fileprivate var withoutMetrics: MetricFamilySnapshot {
        var empty = self
        empty.metrics = []
        return empty
    }
}

extension [MetricFamilySnapshot] {
    /// The families by name; those that share one are one.
    fileprivate var byName: [String: MetricFamilySnapshot] {
        var families: [String: MetricFamilySnapshot] = [:]
        for family in self { families[family.name, default: family.withoutMetrics].metrics += family.metrics }
        return families
    }
}
