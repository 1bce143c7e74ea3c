import Synchronization
import Vernier

/// Updates through an instrument that the host holds.
extension Workloads {
    /// The limit: one relaxed atomic addition.
    public static let bareAtomicAdd = Workload("bare atomic add", "", .reference) {
        let word = ReferenceWord()
        return { bareAddLoop(word, $0) }
    }

    /// A counter by one.
    public static let counterIncrement = Workload("counter increment", "handle held") {
        let counter = Counter("updates", help: "Updates.", registry: Registry())
        return { counterLoop(counter, $0) }
    }

    /// A counter by a whole amount.
    public static let counterIncrementByWhole = Workload("counter increment", "by an integer") {
        let counter = Counter("updates", help: "Updates.", registry: Registry())
        return { counterWholeLoop(counter, $0) }
    }

    /// A counter by a floating amount.
    public static let counterIncrementByFloat = Workload("counter increment", "by a float") {
        let counter = Counter("updates", help: "Updates.", registry: Registry())
        return { counterFloatLoop(counter, 0.5, $0) }
    }

    /// A counter by one that looks for exemplars by itself, of which none is due.
    public static let counterWithExemplars = Workload("counter increment", "automatic exemplars") {
        let counter = Counter(
            "updates", help: "Updates.", exemplars: .automatic(every: .seconds(86_400)), registry: Registry())
        // The first one is due at once, and is no part of what is measured.
        ExemplarProvider { ["trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"] }.withCurrent { counter.increment() }
        return { counterLoop(counter, $0) }
    }

    /// An up-down counter up and down: two updates a turn.
    public static let upDownCounter = Workload("up-down counter", "up and down", units: 2) {
        let counter = UpDownCounter("updates", help: "Updates.", registry: Registry())
        return { upDownLoop(counter, $0) }
    }

    /// A gauge set to a changing value.
    public static let gaugeSet = Workload("gauge set") {
        let gauge = Gauge("updates", help: "Updates.", registry: Registry())
        return { gaugeSetLoop(gauge, $0) }
    }

    /// A gauge by an amount.
    public static let gaugeAdd = Workload("gauge add") {
        let gauge = Gauge("updates", help: "Updates.", registry: Registry())
        return { gaugeAddLoop(gauge, 0.5, $0) }
    }

    /// A state set that goes through its states.
    public static let stateSet = Workload("state set") {
        let states = StateSet("phase", help: "Phase.", initial: Phase.starting, registry: Registry())
        let rotation = Rotation(Phase.allCases)
        return { stateSetLoop(states, rotation, $0) }
    }

    /// Updates of single instruments, with the machine's limit first.
    public static var updates: [Workload] {
        [
            bareAtomicAdd, counterIncrement, counterIncrementByWhole, counterIncrementByFloat, counterWithExemplars,
            upDownCounter, gaugeSet, gaugeAdd, stateSet,
        ]
    }
}

/// The states of the state set's workload.
private enum Phase: String, FiniteLabel {
    case starting, serving, draining, stopped
}

@inline(never)
private func bareAddLoop(_ reference: ReferenceWord, _ count: Int) {
    for _ in 0..<count { reference.word.wrappingAdd(1, ordering: .relaxed) }
}

@inline(never)
private func counterLoop(_ counter: Counter, _ count: Int) {
    for _ in 0..<count { counter.increment() }
}

@inline(never)
private func counterWholeLoop(_ counter: Counter, _ count: Int) {
    for turn in 0..<count { counter.increment(by: turn) }
}

@inline(never)
private func counterFloatLoop(_ counter: Counter, _ amount: Double, _ count: Int) {
    for _ in 0..<count { counter.increment(by: amount) }
}

@inline(never)
private func upDownLoop(_ counter: UpDownCounter, _ count: Int) {
    for _ in 0..<count {
        counter.increment()
        counter.decrement()
    }
}

@inline(never)
private func gaugeSetLoop(_ gauge: Gauge, _ count: Int) {
    for turn in 0..<count { gauge.set(turn) }
}

@inline(never)
private func gaugeAddLoop(_ gauge: Gauge, _ amount: Double, _ count: Int) {
    for _ in 0..<count { gauge.add(amount) }
}

@inline(never)
private func stateSetLoop(_ states: StateSet<Phase>, _ rotation: Rotation<Phase>, _ count: Int) {
    for turn in 0..<count { rotation.lend(turn) { states.set($0) } }
}
