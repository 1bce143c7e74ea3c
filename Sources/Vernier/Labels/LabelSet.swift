/// A struct of your own whose properties are the labels of a family.
///
/// ```swift
/// struct Route: LabelSet {
///     var method: Method
///     var path: String
///
///     static let labels = Labels2(Label<Method>("method"), Label<String>("path"))
///     var values: (Method, String) { (method, path) }
/// }
///
/// let hits = CounterFamily("route_hits", help: "Requests by route.", labels: .set(Route.self))
/// hits[Route(method: .get, path: "/users/{id}")].increment()
/// ```
public protocol LabelSet: Sendable {
    /// The positional labels that the struct stands for.
    associatedtype Columns: LabelSchema
    /// The names of the labels and their types.
    static var labels: Columns { get }
    /// The values in the order of `labels`.
    var values: Columns.Values { get }
}

/// The schema of a ``LabelSet``.
public struct LabelSetSchema<Set: LabelSet>: LabelSchema {
    /// The struct itself.
    public typealias Values = Set
    @usableFromInline let columns: Set.Columns

    /// Makes the schema.
    public init() { columns = Set.labels }

    /// The labels' names, in order.
    public var names: [String] { columns.names }
    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { columns.finiteTexts }

    /// The place of a series when all labels are finite.
    @inlinable
    @inline(__always)
    public func index(of values: Set) -> Int { columns.index(of: values.values) }
    /// The key of a series.
    @inlinable
    @inline(__always)
    public func key(of values: Set, _ seeds: KeySeeds) -> SeriesKey { columns.key(of: values.values, seeds) }
    /// The label values as texts.
    public func texts(of values: Set) -> [String] { columns.texts(of: values.values) }
    /// Hands over the label values as texts, in order.
    @inlinable
    public func render(_ values: Set, into text: inout LabelTextBuilder) { columns.render(values.values, into: &text) }
}
