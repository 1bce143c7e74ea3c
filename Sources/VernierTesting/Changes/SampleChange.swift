public import Vernier

/// How one sample differs between two readings.
public struct SampleChange: Sendable, Hashable, CustomStringConvertible {
    /// The sample's name, suffix included.
    public var name: String { id.name }
    /// The sample's labels by name, constant ones included; `le` or `quantile` last.
    public var labels: [LabelPair] { id.allLabels }
    /// The value in the first reading; `nil` when the sample was not there.
    public let before: Double?
    /// The value in the second reading; `nil` when the sample was not there any more.
    public let after: Double?
    let id: SampleID

    /// By how much the value changed, where a sample that is not there counts as zero.
    public var delta: Double { (after ?? 0) - (before ?? 0) }

    /// The change in one line, as in `orders_total{shop="north"}: 3, then 5 (+2)`.
    ///
    /// A native bucket has its range behind the labels, as in `wait_seconds (1.0,2.0]`.
    public var description: String {
        switch (before, after) {
        case (nil, let after?): "\(id.description): new, \(Text.number(after))"
        case (let before?, nil): "\(id.description): \(Text.number(before)), then gone"
        default:
            "\(id.description): \(Text.number(orNone: before)), then \(Text.number(orNone: after)) (\(Text.delta(delta)))"
        }
    }
}
