extension Counter {
    /// Adds a whole amount and refers to something outside, such as the trace that it belongs to.
    ///
    /// ```swift
    /// failures.increment(exemplar: ["trace_id": trace.id])
    /// ```
    ///
    /// The counter keeps the newest exemplar; with automatic sampling it takes one in each interval. A negative amount is refused and
    /// counted in `vernier_rejected_updates_total`, an exemplar that is not allowed in `vernier_rejected_exemplars_total`: see
    /// ``ExemplarLabels``.
    ///
    /// - Parameters:
    ///   - amount: what to add.
    ///   - exemplar: what to refer to, or `nil` for nothing; not evaluated when the interval says no.
    /// - Complexity: no lock, no wait; an exemplar that is kept allocates.
    public func increment(by amount: Int = 1, exemplar: @autoclosure () -> ExemplarLabels?) {
        guard amount >= 0 else { return cell.reject() }
        cell.add(UInt64(amount), exemplar: exemplar)
    }

    /// Adds any amount and refers to something outside, such as the trace that it belongs to.
    ///
    /// A negative or infinite amount and NaN are refused and counted in `vernier_rejected_updates_total`.
    ///
    /// - Parameters:
    ///   - amount: what to add.
    ///   - exemplar: what to refer to, or `nil` for nothing; not evaluated when the interval says no.
    /// - Complexity: no lock, no wait; an exemplar that is kept allocates.
    public func increment(by amount: Double, exemplar: @autoclosure () -> ExemplarLabels?) {
        guard amount >= 0, amount < .infinity else { return cell.reject() }
        cell.add(double: amount, exemplar: exemplar)
    }
}

extension Counter {
    /// Declares a counter and where its exemplars come from.
    ///
    /// The sampling is that of the first declaration of a counter.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - exemplars: where exemplars come from, beside updates that name one.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, exemplars: ExemplarSampling,
        registry: Registry = .current
    ) {
        let declaration = Self.kind.declaration(name, unit, help, exemplars: exemplars)
        self.init(cell: declaration.declared(in: registry).onlyCell)
    }

    /// Registers a counter under a name that is only known at run time, and says where its exemplars come from.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, exemplars: ExemplarSampling,
        registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Self.kind.declaration(name, unit, help, exemplars: exemplars)
        self.init(cell: try declaration.registered(in: registry).onlyCell)
    }
}

extension MetricFamily where Member == Counter {
    /// Declares a family and where its exemplars come from.
    ///
    /// The sampling is that of the first declaration of a family.
    ///
    /// - Parameters:
    ///   - name: the family's name, without unit and suffix.
    ///   - unit: the base unit, which becomes the end of the name.
    ///   - help: what it means, for people.
    ///   - labels: the labels: `.of(Label<Method>("method"))` or `.set(Route.self)`.
    ///   - limit: how many series there are at most, when labels are open.
    ///   - exemplars: where exemplars come from, beside updates that name one.
    ///   - registry: where to register it.
    public init(
        _ name: String, unit: MetricUnit? = nil, help: String, labels: Labels, limit: Int = Self.defaultLimit,
        exemplars: ExemplarSampling, registry: Registry = .current
    ) {
        let declaration = Counter.kind.declaration(name, unit, help, exemplars: exemplars)
        self.init(store: declaration.labelled(by: labels, limit: limit).declared(in: registry), labels: labels)
    }

    /// Registers a family under a name that is only known at run time, and says where its exemplars come from.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, unit: MetricUnit? = nil, help: String, labels: Labels,
        limit: Int = Self.defaultLimit, exemplars: ExemplarSampling, registry: Registry = .current
    ) throws(RegistrationError) {
        let declaration = Counter.kind.declaration(name, unit, help, exemplars: exemplars)
        self.init(
            store: try declaration.labelled(by: labels, limit: limit).registered(in: registry), labels: labels)
    }
}
