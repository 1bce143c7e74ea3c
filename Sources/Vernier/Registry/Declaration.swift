/// What an instrument's initialiser was given: makes the descriptor and the store, and registers them.
struct Declaration {
    let name: String
    let type: MetricType
    let unit: MetricUnit?
    let help: String
    var labelNames: [String] = []
    var finiteTexts: [[String]?] = []
    var limit = 1
    let layout: CellLayout
    let shape: StoredFamily.Shape
    var shapeText = ""
    var bounds: HistogramBounds = SeriesStore.noBounds
    var makeWindow: (@Sendable () -> QuantileWindow)?
    /// What is wrong with the parameters that belong to the type.
    var problem: String?
    /// How the names of labels are that come with each series; nil where all series have the same.
    var dynamicNames: DynamicNames?

    init(
        _ name: String, _ type: MetricType, _ unit: MetricUnit?, _ help: String, _ layout: CellLayout.Kind,
        _ shape: StoredFamily.Shape, exemplars: ExemplarSampling = .byHand
    ) {
        self.name = name
        self.type = type
        self.unit = unit
        self.help = help
        self.layout = CellLayout(kind: layout, exemplars: exemplars)
        self.shape = shape
    }

    /// Series beyond which a family of finite labels is not made in advance.
    private static let denseLimit = 16_384
    /// What labels the series for all beyond the limit.
    static let overflowText = "__overflow__"

    /// The same for a family with labels.
    func labelled(by schema: some LabelSchema, limit: Int) -> Declaration {
        var copy = self
        copy.labelNames = schema.names
        copy.finiteTexts = schema.finiteTexts
        copy.limit = limit
        return copy
    }

    /// Registers the family; a clash stops the program or detaches, as the registry's policy says.
    func declared(in registry: Registry) -> SeriesStore {
        do {
            return try registered(in: registry)
        } catch {
            registry.report(error)
            let layout = "\(layout.kind) \(denseTexts()?.count ?? -1) \(shapeText)"
            return registry.detachedStore(for: "\(layout) \(name) \(labelNames)", layout: layout, makeStore)
        }
    }

    /// Registers the family, or says what stands against it.
    func registered(in registry: Registry) throws(RegistrationError) -> SeriesStore {
        var descriptor = try FamilyDescriptor(
            name, type: type, unit: unit, help: help, labelNames: labelNames, labelValues: finiteTexts,
            constantLabels: registry.constantLabels, shape: shapeText, prefix: registry.prefix)
        if let problem { throw .invalid(descriptor, problem) }
        if let dynamicNames { descriptor = descriptor.adding(dynamic: dynamicNames) }
        return try registry.register(descriptor) { [descriptor] in
            StoredFamily(descriptor, makeStore(in: registry), self.shape)
        }.series
    }

    /// Registers a family whose labels come with each series; one that clashes is detached, whatever the registry's policy says, and what
    /// stands against it is the caller's to tell.
    func dynamic(in registry: Registry) -> (store: SeriesStore, clash: RegistrationError?) {
        do {
            return (try registered(in: registry), nil)
        } catch {
            let layout = "\(layout.kind) \(shapeText) dynamic"
            return (registry.detachedStore(for: "\(layout) \(name)", layout: layout) { makeStore(in: registry) }, error)
        }
    }

    private func makeStore(in registry: Registry) -> SeriesStore {
        guard dynamicNames != nil else { return makeStore() }
        // A label that all metrics of the registry have is not to stand there twice, in whatever form.
        let taken = Set(registry.constantLabels.flatMap { EscapingScheme.forms(ofLabel: $0.name) })
        return SeriesStore(
            layout: layout, limit: limit, labelNames: [DynamicNames.free("overflow", besides: taken)],
            overflowValue: Self.overflowText, bounds: bounds, makeWindow: makeWindow)
    }

    private func makeStore() -> SeriesStore {
        if let texts = denseTexts() {
            return SeriesStore(layout: layout, fixed: texts, bounds: bounds, makeWindow: makeWindow)
        }
        // Finite labels that are too many to make in advance are still as many as they are.
        return SeriesStore(
            layout: layout, limit: max(limit, combinationCount ?? 0), labelNames: labelNames,
            overflowValue: Self.overflowText, bounds: bounds, makeWindow: makeWindow)
    }

    /// How many series there can be when all labels are finite.
    private var combinationCount: Int? {
        finiteTexts.reduce(1 as Int?) { count, texts in
            guard let count, let texts else { return nil }
            let (product, isTooMany) = count.multipliedReportingOverflow(by: texts.count)
            return isTooMany ? .max : product
        }
    }

    /// The label texts of all series in the order of the schema's index, when all labels are finite.
    private func denseTexts() -> [[UInt8]]? {
        var combinations: [[String]] = [[]]
        for texts in finiteTexts {
            guard let texts, combinations.count * texts.count <= Self.denseLimit else { return nil }
            combinations = combinations.flatMap { start in texts.map { start + [$0] } }
        }
        return combinations.map { values in
            var text: [UInt8] = []
            LabelText.append(names: labelNames, values: values, to: &text)
            return text
        }
    }
}
