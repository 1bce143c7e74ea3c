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
        SeriesKey(values.labelKey, seeds.first)
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.labelText]
    }

    /// Hands over the label value as a text.
    @inlinable
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        text.append(values.labelText)
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
    public func index(of values: Values) -> Int { index(values.0, values.1) }

    /// The key of a series.
    @inlinable
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        key(values.0, values.1, seeds)
    }

    @inlinable
    @inline(__always)
    func index(_ a: A, _ b: B) -> Int {
        a.labelIndex &* countB &+ b.labelIndex
    }

    @inlinable
    @inline(__always)
    func key(_ a: A, _ b: B, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(a.labelKey, seeds.first)
        key.combine(b.labelKey, seeds.second)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText]
    }

    /// Hands over the label values as texts, in order.
    @inlinable
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        render(values.0, values.1, into: &text)
    }

    @inlinable
    @inline(__always)
    func render(_ a: A, _ b: B, into text: inout LabelTextBuilder) {
        text.append(a.labelText)
        text.append(b.labelText)
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
    public func index(of values: Values) -> Int { index(values.0, values.1, values.2) }

    /// The key of a series.
    @inlinable
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        key(values.0, values.1, values.2, seeds)
    }

    @inlinable
    @inline(__always)
    func index(_ a: A, _ b: B, _ c: C) -> Int {
        (a.labelIndex &* countB &+ b.labelIndex) &* countC &+ c.labelIndex
    }

    @inlinable
    @inline(__always)
    func key(_ a: A, _ b: B, _ c: C, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(a.labelKey, seeds.first)
        key.combine(b.labelKey, seeds.second)
        key.combine(c.labelKey, seeds.third)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText, values.2.labelText]
    }

    /// Hands over the label values as texts, in order.
    @inlinable
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        render(values.0, values.1, values.2, into: &text)
    }

    @inlinable
    @inline(__always)
    func render(_ a: A, _ b: B, _ c: C, into text: inout LabelTextBuilder) {
        text.append(a.labelText)
        text.append(b.labelText)
        text.append(c.labelText)
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
    public func index(of values: Values) -> Int { index(values.0, values.1, values.2, values.3) }

    /// The key of a series.
    @inlinable
    public func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        key(values.0, values.1, values.2, values.3, seeds)
    }

    @inlinable
    @inline(__always)
    func index(_ a: A, _ b: B, _ c: C, _ d: D) -> Int {
        ((a.labelIndex &* countB &+ b.labelIndex) &* countC &+ c.labelIndex) &* countD &+ d.labelIndex
    }

    @inlinable
    @inline(__always)
    func key(_ a: A, _ b: B, _ c: C, _ d: D, _ seeds: KeySeeds) -> SeriesKey {
        var key = SeriesKey(a.labelKey, seeds.first)
        key.combine(b.labelKey, seeds.second)
        key.combine(c.labelKey, seeds.third)
        key.combine(d.labelKey, seeds.fourth)
        return key
    }

    /// The label values as texts.
    public func texts(of values: Values) -> [String] {
        [values.0.labelText, values.1.labelText, values.2.labelText, values.3.labelText]
    }

    /// Hands over the label values as texts, in order.
    @inlinable
    public func render(_ values: Values, into text: inout LabelTextBuilder) {
        render(values.0, values.1, values.2, values.3, into: &text)
    }

    @inlinable
    @inline(__always)
    func render(_ a: A, _ b: B, _ c: C, _ d: D, into text: inout LabelTextBuilder) {
        text.append(a.labelText)
        text.append(b.labelText)
        text.append(c.labelText)
        text.append(d.labelText)
    }
}
