/// No labels: the family is a single series.
public struct NoLabels: LabelSchema {
    /// Nothing.
    public typealias Values = Void

    /// No names.
    public var names: [String] { [] }
    /// No labels.
    public var finiteTexts: [[String]?] { [] }

    /// Makes the schema.
    public init() {}

    /// 0: the only series.
    @inlinable
    public func index(of values: Void) -> Int { 0 }
    /// The same key always.
    @inlinable
    public func key(of values: Void, _ seeds: KeySeeds) -> SeriesKey { SeriesKey(low: 0, high: 0) }
    /// No texts.
    public func texts(of values: Void) -> [String] { [] }
}

/// One positional label.
public struct Labels1<A: LabelValue>: LabelSchema {
    /// The values of the labels in their order.
    public typealias Values = A

    /// The labels' names, in order.
    public let names: [String]

    /// Makes the schema.
    public init(_ a: Label<A>) {
        names = [a.name]
    }

    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { [A.labelTexts] }

    /// The place of a series when all labels are finite.
    @inlinable
    @inline(__always)
    public func index(of values: Values) -> Int {
        values.labelIndex
    }

    /// The key of a series.
    @inlinable
    @inline(__always)
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        SeriesKey(values.labelKey)
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.labelText]
    }
}

/// Two positional labels.
public struct Labels2<A: LabelValue, B: LabelValue>: LabelSchema {
    /// The values of the labels in their order.
    public typealias Values = (A, B)

    /// The labels' names, in order.
    public let names: [String]
    @usableFromInline let countB: Int

    /// Makes the schema.
    public init(_ a: Label<A>, _ b: Label<B>) {
        names = [a.name, b.name]
        countB = B.labelTexts?.count ?? 0
    }

    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { [A.labelTexts, B.labelTexts] }

    /// The place of a series when all labels are finite.
    @inlinable
    @inline(__always)
    public func index(of values: Values) -> Int {
        values.0.labelIndex &* countB &+ values.1.labelIndex
    }

    /// The key of a series.
    @inlinable
    @inline(__always)
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(values.0.labelKey, seeds.first)
        key.combine(values.1.labelKey, seeds.second)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText]
    }
}

/// Three positional labels.
public struct Labels3<A: LabelValue, B: LabelValue, C: LabelValue>: LabelSchema {
    /// The values of the labels in their order.
    public typealias Values = (A, B, C)

    /// The labels' names, in order.
    public let names: [String]
    @usableFromInline let countB: Int
    @usableFromInline let countC: Int

    /// Makes the schema.
    public init(_ a: Label<A>, _ b: Label<B>, _ c: Label<C>) {
        names = [a.name, b.name, c.name]
        countB = B.labelTexts?.count ?? 0
        countC = C.labelTexts?.count ?? 0
    }

    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { [A.labelTexts, B.labelTexts, C.labelTexts] }

    /// The place of a series when all labels are finite.
    @inlinable
    @inline(__always)
    public func index(of values: Values) -> Int {
        (values.0.labelIndex &* countB &+ values.1.labelIndex) &* countC &+ values.2.labelIndex
    }

    /// The key of a series.
    @inlinable
    @inline(__always)
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(values.0.labelKey, seeds.first)
        key.combine(values.1.labelKey, seeds.second)
        key.combine(values.2.labelKey, seeds.third)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText, values.2.labelText]
    }
}

/// Four positional labels.
public struct Labels4<A: LabelValue, B: LabelValue, C: LabelValue, D: LabelValue>: LabelSchema {
    /// The values of the labels in their order.
    public typealias Values = (A, B, C, D)

    /// The labels' names, in order.
    public let names: [String]
    @usableFromInline let countB: Int
    @usableFromInline let countC: Int
    @usableFromInline let countD: Int

    /// Makes the schema.
    public init(_ a: Label<A>, _ b: Label<B>, _ c: Label<C>, _ d: Label<D>) {
        names = [a.name, b.name, c.name, d.name]
        countB = B.labelTexts?.count ?? 0
        countC = C.labelTexts?.count ?? 0
        countD = D.labelTexts?.count ?? 0
    }

    /// For each label the texts of all its values.
    public var finiteTexts: [[String]?] { [A.labelTexts, B.labelTexts, C.labelTexts, D.labelTexts] }

    /// The place of a series when all labels are finite.
    @inlinable
    @inline(__always)
    public func index(of values: Values) -> Int {
        ((values.0.labelIndex &* countB &+ values.1.labelIndex) &* countC &+ values.2.labelIndex) &* countD &+ values.3.labelIndex
    }

    /// The key of a series.
    @inlinable
    @inline(__always)
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(values.0.labelKey, seeds.first)
        key.combine(values.1.labelKey, seeds.second)
        key.combine(values.2.labelKey, seeds.third)
        key.combine(values.3.labelKey, seeds.fourth)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText, values.2.labelText, values.3.labelText]
    }
}
