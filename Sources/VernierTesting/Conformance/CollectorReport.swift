public import Vernier

/// What a check of a collector found.
public struct CollectorReport: Sendable, CustomStringConvertible {
    /// One thing to mend.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The kinds of problems.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// A reading threw.
            case threw
            /// A reading was not there in time.
            case late
            /// A registry would leave the family out.
            case invalid
            /// Two families want one name.
            case clash
            /// Metrics of one family differ in what they should have in common.
            case inconsistent
            /// Something changed between readings that should not.
            case changed
            /// A value fell that may only grow.
            case fell
            /// There are too many metrics, or more and more.
            case growth
            /// A rule for names found something.
            case lint
        }

        /// The kind of problem.
        public let kind: Kind
        /// The family; `nil` for what belongs to the whole collector.
        public let family: String?
        /// What is wrong and what would be right.
        public let message: String

        /// The problem in one line.
        public var description: String { (family.map { "\($0): " } ?? "") + message + " [\(kind.rawValue)]" }
    }

    /// The collector's name.
    public let collector: String
    /// What is to be mended, in the order in which it was found; each problem once.
    public internal(set) var problems: [Problem] = []
    /// How long each reading took that was in time and did not throw.
    public internal(set) var durations: [Duration] = []
    /// What the last such reading handed over.
    public internal(set) var families: [MetricFamilySnapshot] = []

    init(collector: String) { self.collector = collector }

    /// Whether there is nothing to mend.
    public var isConformant: Bool { problems.isEmpty }

    /// The collector, how much it handed over, and a line for each problem.
    public var description: String {
        let metrics = families.reduce(0) { $0 + $1.metrics.count }
        let found = isConformant ? "nothing to mend" : Text.count(problems.count, "problem")
        let read =
            "\(families.count == 1 ? "1 family" : "\(families.count) families"), \(Text.count(metrics, "metric"))"
        return
            (["\(collector): \(found) (\(Text.count(durations.count, "reading")), \(read))"]
            + problems.map { "- \($0.description)" }).joined(separator: "\n")
    }
}
