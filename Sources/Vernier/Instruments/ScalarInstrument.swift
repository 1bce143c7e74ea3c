/// An instrument whose series is one number: ``Counter``, ``UpDownCounter`` and ``Gauge``, which are declared alike.
public protocol ScalarInstrument: Instrument {
    /// What kind of value it is.
    static var kind: ScalarKind { get }
}

/// The kinds of a single number.
public enum ScalarKind: Sendable {
    /// It only grows.
    case counter
    /// It goes up and down by amounts.
    case upDownCounter
    /// It is set.
    case gauge

    func declaration(
        _ name: String, _ unit: MetricUnit?, _ help: String, exemplars: ExemplarSampling = .byHand
    ) -> Declaration {
        switch self {
        case .counter: return Declaration(name, .counter, unit, help, .sum, .counter, exemplars: exemplars)
        case .upDownCounter:
            var declaration = Declaration(name, .gauge, unit, help, .sum, .upDownCounter)
            declaration.shapeText = "updates that add"
            return declaration
        case .gauge:
            var declaration = Declaration(name, .gauge, unit, help, .value, .gauge)
            declaration.shapeText = "updates that set"
            return declaration
        }
    }
}

extension ScalarInstrument {
    /// Declares a metric.
    ///
    /// ```swift
    /// let requests = Counter("requests", help: "Requests served.")
    /// ```
    ///
    /// The same declaration made again is the same metric. One that clashes with another stops a debug build, and is detached in a
    /// release build: see ``ClashPolicy``.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - registry: where to register it.
    public init(_ name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current) {
        self.init(cell: Self.kind.declaration(name, unit, help).declared(in: registry).onlyCell)
    }

    /// Registers a metric under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.kind.declaration(name, unit, help).registered(in: registry).onlyCell)
    }
}

extension MetricFamily where Member: ScalarInstrument {
    /// Declares a family.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - labels: the labels: `.of(Label<Method>("method"))` or `.set(Route.self)`.
    ///   - limit: how many series there are at most, when labels are open.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, labels: Labels, limit: Int = Self.defaultLimit,
        registry: Registry = .current
    ) {
        let declaration = Member.kind.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels,
        limit: Int = Self.defaultLimit, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Member.kind.declaration(name, unit, help).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}
