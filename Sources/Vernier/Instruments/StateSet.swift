/// Shows which one of a set of states something is in.
///
/// ```swift
/// enum Phase: String, FiniteLabel { case starting, serving, draining }
/// let phase = StateSet("server_phase", help: "What the server is doing.", initial: Phase.starting)
/// phase.set(.serving)
/// ```
///
/// Every state is a sample with the value 0 or 1 and a label named as the family (OpenMetrics 1.0.0, "StateSet").
public struct StateSet<State: FiniteLabel>: Instrument {
    let cell: Cell

    /// Makes the state set of a series.
    public init(cell: Cell) { self.cell = cell }

    /// Goes into a state: one atomic store.
    public func set(_ state: State) {
        let tag = CaseTag.index(of: state)
        cell.setState(Double(tag >= 0 ? tag : Self.slowIndex(of: state)))
    }

    /// The names of the states.
    static var states: [String] {
        var seen: Set<String> = []
        return State.allCases.map(\.labelText).filter { seen.insert($0).inserted }
    }

    /// For each number that a cell may hold the state's place among ``states``: a cell holds the case's tag.
    private static var places: [Int: Int] {
        let states = states
        var places: [Int: Int] = [:]
        for (index, state) in State.allCases.enumerated() {
            let tag = CaseTag.index(of: state)
            places[tag >= 0 ? tag : index] = states.firstIndex(of: state.labelText)
        }
        return places
    }

    /// The place of a state whose type is larger than a byte, which has no tag to go by.
    private static func slowIndex(of state: State) -> Int {
        let text = state.labelText
        return State.allCases.enumerated().first { $0.element.labelText == text }?.offset ?? 0
    }

    static func declaration(_ name: String, _ help: String) -> Declaration {
        var declaration = Declaration(name, .stateSet, nil, help, .state, .stateSet(states: states, places: places))
        declaration.shapeText = "states \(states)"
        return declaration
    }
}

extension StateSet {
    /// Declares a state set.
    ///
    /// - Parameters:
    ///   - name: the family's name, which is also that of the label.
    ///   - help: what it means, for people.
    ///   - initial: the state to start in.
    ///   - registry: where to register it.
    public init(_ name: String, help: String, initial: State, registry: Registry = .current) {
        self.init(cell: Self.declaration(name, help).declared(in: registry).onlyCell)
        set(initial)
    }

    /// Registers a state set under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    public init(
        validating name: String, help: String, initial: State, registry: Registry = .current
    ) throws(RegistrationError) {
        self.init(cell: try Self.declaration(name, help).registered(in: registry).onlyCell)
        set(initial)
    }
}

/// State sets that labels tell apart; each starts in the first state.
public typealias StateSetFamily<State: FiniteLabel, Labels: LabelSchema> = MetricFamily<StateSet<State>, Labels>

extension MetricFamily {
    /// Declares a family of state sets.
    ///
    /// - Parameters:
    ///   - name: the family's name, which is also that of the label of the states.
    ///   - help: what it means, for people.
    ///   - labels: the labels that tell the state sets apart.
    ///   - limit: how many of them there are at most, when labels are open.
    ///   - registry: where to register it.
    public init<State>(
        _ name: String, help: String, labels: Labels, limit: Int = Self.defaultLimit, registry: Registry = .current
    ) where Member == StateSet<State> {
        let declaration = StateSet<State>.declaration(name, help).labelled(by: labels, limit: limit)
        self.init(store: declaration.declared(in: registry), labels: labels)
    }

    /// Registers a family of state sets under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when a name is not allowed or clashes; it names both sides.
    public init<State>(
        validating name: String, help: String, labels: Labels, limit: Int = Self.defaultLimit,
        registry: Registry = .current
    ) throws(RegistrationError) where Member == StateSet<State> {
        let declaration = StateSet<State>.declaration(name, help).labelled(by: labels, limit: limit)
        self.init(store: try declaration.registered(in: registry), labels: labels)
    }
}
