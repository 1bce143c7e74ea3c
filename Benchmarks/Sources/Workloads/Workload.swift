/// One measured operation: what is timed, counted and followed over time is defined here and nowhere else.
///
/// ```swift
/// let loop = Workloads.counterIncrement.prepare()
/// loop(1_000_000)
/// ```
public struct Workload: Sendable {
    /// Does an operation so many times; several threads may call it at once.
    public typealias Loop = @Sendable (_ count: Int) -> Void

    /// What of the library is exercised, which decides what it may cost.
    public enum Kind: Sendable, Hashable, CaseIterable {
        /// Something of the machine, beside which the rest is read.
        case reference
        /// What host code does on its hot paths: it never allocates.
        case update
        /// Writing a page.
        case scrape
        /// Making a series.
        case making
    }

    /// The operation's name, such as `counter increment`.
    public let operation: String
    /// What tells it apart from others of the same operation; may be empty.
    public let variant: String
    /// What it exercises.
    public let kind: Kind
    /// How many units one turn of the loop covers, such as the series of a page; one for an update.
    public let units: Int
    /// Makes the metrics, in a registry of their own, and returns the loop.
    ///
    /// The loop is compiled for its instrument as a host's own code would be: one function that nothing is inlined into or out of, with the
    /// instrument in a local, so that a turn costs the operation and the loop's own counting.
    public let prepare: @Sendable () -> Loop

    /// Names an operation and how to prepare it.
    public init(
        _ operation: String, _ variant: String = "", _ kind: Kind = .update, units: Int = 1,
        prepare: @escaping @Sendable () -> Loop
    ) {
        self.operation = operation
        self.variant = variant
        self.kind = kind
        self.units = units
        self.prepare = prepare
    }

    /// The operation and its variant in one text.
    public var name: String { variant.isEmpty ? operation : "\(operation), \(variant)" }
}

/// All workloads, by the question they answer.
public enum Workloads {
    /// Every workload in the order in which tables show them.
    public static var all: [Workload] { updates + labels + factory + http + histograms + gather + series }
}
