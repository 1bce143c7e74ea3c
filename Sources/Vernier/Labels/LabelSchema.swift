/// The labels of a family: their names and the types of their values.
///
/// Nobody needs to conform to this: write `.of(Label<Method>("method"), Label<Int>("status"))` for positional labels, or
/// `.set(Route.self)` for a struct of your own.
public protocol LabelSchema: Sendable {
    /// The values that name one series.
    associatedtype Values: Sendable

    /// The labels' names, in order.
    var names: [String] { get }

    /// For each label the texts of all its values, or `nil` when it is open.
    var finiteTexts: [[String]?] { get }

    /// The place of a series when all labels are finite: the last label moves fastest.
    func index(of values: Values) -> Int

    /// The key of a series: no allocation for short label values.
    func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey

    /// The label values as texts.
    func texts(of values: Values) -> [String]

    /// Hands over the label values as texts, in order; by default those of `texts(of:)`.
    func render(_ values: Values, into text: inout LabelTextBuilder)
}

extension LabelSchema {
    /// Hands over the texts of `texts(of:)`.
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        for value in texts(of: values) { text.append(value) }
    }
}

/// The name of one label and the type of its values.
public struct Label<Value: LabelValue>: Sendable {
    /// The label's name.
    public let name: String

    /// Names a label.
    public init(_ name: String) {
        self.name = name
    }
}

extension LabelSchema {
    /// One label.
    public static func of<A>(_ a: Label<A>) -> Self where Self == Labels1<A> {
        Labels1(a)
    }

    /// Two labels.
    public static func of<A, B>(_ a: Label<A>, _ b: Label<B>) -> Self where Self == Labels2<A, B> {
        Labels2(a, b)
    }

    /// Three labels.
    public static func of<A, B, C>(_ a: Label<A>, _ b: Label<B>, _ c: Label<C>) -> Self where Self == Labels3<A, B, C> {
        Labels3(a, b, c)
    }

    /// Four labels.
    public static func of<A, B, C, D>(
        _ a: Label<A>, _ b: Label<B>, _ c: Label<C>, _ d: Label<D>
    ) -> Self where Self == Labels4<A, B, C, D> {
        Labels4(a, b, c, d)
    }

    /// The labels of a struct.
    public static func set<Set>(_ type: Set.Type) -> Self where Self == LabelSetSchema<Set> {
        LabelSetSchema()
    }
}
