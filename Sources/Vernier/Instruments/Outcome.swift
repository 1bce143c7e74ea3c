/// How a piece of work ended.
public enum Outcome: String, FiniteLabel {
    /// It returned.
    case ok
    /// It threw an error.
    case error
    /// It threw `CancellationError`, or threw while its task was cancelled.
    case cancelled

    /// The outcome of work that threw.
    @usableFromInline
    init(thrown error: any Error) {
        self = error is CancellationError || Task.isCancelled ? .cancelled : .error
    }
}

/// The labels of a family with the outcome as one more, which comes last.
public struct OutcomeLabels<Base: LabelSchema>: LabelSchema {
    /// The values of the other labels and the outcome.
    public typealias Values = (base: Base.Values, outcome: Outcome)
    @usableFromInline let base: Base

    /// Makes the schema.
    public init(_ base: Base) { self.base = base }

    /// The labels' names, `outcome` last.
    public var names: [String] { base.names + ["outcome"] }
    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { base.finiteTexts + [Outcome.labelTexts] }

    /// The place of a series when all labels are finite.
    @inlinable
    public func index(of values: Values) -> Int { base.index(of: values.base) &* 3 &+ values.outcome.labelIndex }
    /// The key of a series.
    @inlinable
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        let inner = base.key(of: values.base, seeds)
        var key = SeriesKey(LabelKey(low: inner.low, high: inner.high), seeds.outer)
        key.combine(values.outcome.labelKey, seeds.fourth)
        return key
    }
    /// The label values as texts.
    public func texts(of values: Values) -> [String] { base.texts(of: values.base) + [values.outcome.rawValue] }
    /// Hands over the label values as texts, in order.
    @inlinable
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        base.render(values.base, into: &text)
        text.append(values.outcome.rawValue)
    }
}
