import Synchronization

extension Registry {
    /// Registers a family, or finds the one that was declared before in the same words.
    ///
    /// - Complexity: constant for what was declared before; otherwise that of making the source. Takes the registry's lock.
    func register<Source: MetricFamilySource>(
        _ descriptor: FamilyDescriptor, isShared: Bool = true, _ make: () -> Source
    ) throws(RegistrationError) -> Source {
        let result: Result<Source, RegistrationError> = state.withLock { state in
            if let old = state.claims[descriptor.name], old.descriptor.name == descriptor.name {
                guard old.descriptor == descriptor else { return .failure(.clash(descriptor, with: old.descriptor)) }
                guard isShared, let shared = old as? Source else { return .failure(.repeated(descriptor)) }
                return .success(shared)
            }
            for name in descriptor.claimedNames {
                if let old = state.claims[name] {
                    return .failure(.suffixClash(descriptor, with: old.descriptor, over: name))
                }
            }
            let source = make()
            for name in descriptor.claimedNames { state.claims[name] = source }
            state.families.append(source)
            state.isSorted = false
            return .success(source)
        }
        return try result.get()
    }

    /// Reports a declaration that cannot stand: once on standard error, and counted; or stops.
    ///
    /// It does not stop for a name that a library reported first at run time: which of the two comes first is up to the requests that come in.
    func report(_ error: RegistrationError) {
        if clashPolicy == .stop, !error.isWithDynamic { Fault.stop("Bug in user code: \(error.description)") }
        noteDetached(error)
    }

    /// Reports a declaration that is detached, whatever the policy says: once on standard error, and counted.
    func noteDetached(_ error: RegistrationError) {
        selfMetrics.detached.wrappingAdd(1, ordering: .relaxed)
        let isNew = state.withLock { state in
            state.complained.count < Self.detachedLimit && state.complained.insert(error.description).inserted
        }
        if isNew { Platform.complain("\(error.description) It works, but it is not exposed.") }
    }

    /// How many detached declarations are kept apart and told of; a host that makes ever new ones must not fill the memory.
    static let detachedLimit = 1_000

    /// The store of a detached declaration.
    ///
    /// - Parameters:
    ///   - declaration: what tells it from others.
    ///   - layout: what its store has in common with those of others that can stand in for it.
    func detachedStore(for declaration: String, layout: String, _ make: () -> SeriesStore) -> SeriesStore {
        state.withLock { state in
            let key = state.detached.count < Self.detachedLimit ? declaration : layout
            if let store = state.detached[declaration] ?? state.detached[key] { return store }
            let store = make()
            state.detached[key] = store
            return store
        }
    }

    /// Adds a collector.
    ///
    /// - Parameters:
    ///   - collector: read at each gather, on a thread of its own.
    ///   - lifetime: for how long a reading is used again before the next one; zero reads at each gather.
    public func register(_ collector: some Collector, cachedFor lifetime: Duration = .zero) {
        add(CollectorRunner(collector, lifetime: lifetime))
    }

    /// Adds a collector whose reading suspends.
    ///
    /// - Parameters:
    ///   - collector: read at each gather, in a task of its own.
    ///   - lifetime: for how long a reading is used again before the next one; zero reads at each gather.
    public func register(_ collector: some AsyncCollector, cachedFor lifetime: Duration = .zero) {
        add(CollectorRunner(collector, lifetime: lifetime))
    }

    private func add(_ runner: CollectorRunner) {
        state.withLock { $0.collectors.append(runner) }
    }
}
