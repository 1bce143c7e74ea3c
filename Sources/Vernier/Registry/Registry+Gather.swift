extension Registry {
    /// How long a gather waits for collectors when nobody says.
    public static let defaultTimeout = Duration.seconds(5)

    /// Reads all families as values, by name.
    ///
    /// Blocks the calling thread until the collectors are done, at most for the timeout; in asynchronous code use the `async` form.
    ///
    /// - Parameters:
    ///   - names: names of families or samples to which to limit the result; `nil` for all.
    ///   - timeout: how long to wait for collectors; those that are late are left out and counted.
    /// - Complexity: linear in the number of series; one allocation or more for each.
    public func gather(names: Set<String>? = nil, timeout: Duration = Registry.defaultTimeout) -> [MetricFamilySnapshot]
    {
        var sink = SnapshotSink()
        // `pause` does nothing and so nothing throws.
        let readings = try? gather(into: &sink, names: names, timeout: timeout) { _ in }
        for reading in readings ?? [] { reading.confirm() }
        return sink.families
    }

    /// Reads all families as values, by name, without blocking a thread of the cooperative pool.
    @concurrent
    public func gather(
        names: Set<String>? = nil, timeout: Duration = Registry.defaultTimeout
    ) async -> [MetricFamilySnapshot] {
        await withCheckedContinuation { continuation in
            let read: @Sendable () -> Void = {
                let families: [MetricFamilySnapshot] = self.gather(names: names, timeout: timeout)
                continuation.resume(returning: families)
            }
            // Where the system has no thread to give, waiting here is better than no answer.
            if let thread = try? Thread(name: "vernier-gather", body: read) { thread.detach() } else { read() }
        }
    }

    /// Hands all families to a sink, by name.
    ///
    /// - Parameter pause: called now and then, without a lock held, so that the sink's content can be handed on.
    /// - Returns: what to confirm when all of it has reached whoever asked.
    package func gather<Sink: SampleSink & ~Copyable>(
        into sink: inout Sink, names: Set<String>?, timeout: Duration, pause: (inout Sink) throws -> Void
    ) throws -> [Reading] {
        let (sources, runners) = state.withLock { state in
            if !state.isSorted {
                state.families.sort { $0.descriptor.name < $1.descriptor.name }
                state.isSorted = true
            }
            return (state.families, state.collectors)
        }
        var collected = self.collected(by: runners, sources, timeout)
        collected.removeAll { !$0.descriptor.isWanted(in: names) }
        var readings: [Reading] = []
        var next = collected.makeIterator()
        var pending = next.next()
        for source in sources where source.descriptor.isWanted(in: names) {
            while let family = pending, family.descriptor.name < source.descriptor.name {
                try family.write(to: &sink, pause: pause)
                pending = next.next()
            }
            sink.begin(source.descriptor)
            // Through the protocol a call is not compiled for the sink at hand, and nearly all series are in stored families.
            let reading =
                if let stored = source as? StoredFamily { try stored.write(to: &sink, pause: pause) } else {
                    try source.write(to: &sink, pause: pause)
                }
            if let reading { readings.append(reading) }
            if sink.isFull { try pause(&sink) }
        }
        while let family = pending {
            try family.write(to: &sink, pause: pause)
            pending = next.next()
        }
        try pause(&sink)
        return readings
    }

    /// What the collectors and the registry itself have to show, by name.
    private func collected(
        by runners: [CollectorRunner], _ sources: [any MetricFamilySource], _ timeout: Duration
    ) -> [CollectedFamily] {
        let (done, late) = (Semaphore(), Semaphore())
        let overdue = runners.count { $0.request(done, ifOverdue: late) }
        let deadline = ContinuousClock.now + timeout.bounded
        for _ in 0..<runners.count - overdue where !done.wait(until: deadline) { break }
        // What somebody has given up on before is not waited for again and again: it would cost every page its time.
        let grace = min(deadline, .now + .milliseconds(50))
        for _ in 0..<overdue where !late.wait(until: grace) { break }
        var taken = TakenNames(declared: state.withLock { $0.claims })
        var families: [CollectedFamily] = []
        for runner in runners {
            let result = runner.take(done, late)
            selfMetrics.note(result?.duration, of: runner.name)
            switch result?.outcome {
            case .families(let snapshots):
                families += accept(snapshots, of: runner.name, &taken)
            case .failed(let reason): selfMetrics.count(.threw, of: runner.name, reason)
            case nil: selfMetrics.count(.late, of: runner.name, "its reading was not there in time")
            }
        }
        for snapshot in selfMetrics.families(of: sources) {
            // A name that the host took is the host's: a page has each family once.
            let own = Set(snapshot.metrics.flatMap { $0.labels.map(\.name) })
            let labels = constantLabels.filter { !own.contains($0.name) }
            if let family = try? CollectedFamily(snapshot, prefix: nil, constantLabels: labels),
                taken.areFree(family.descriptor.claimedNames)
            {
                families.append(family)
            }
        }
        return families.sorted { $0.descriptor.name < $1.descriptor.name }
    }

    /// Judges what a collector handed over; what cannot be shown costs its own family only.
    private func accept(
        _ snapshots: [MetricFamilySnapshot], of collector: String, _ taken: inout TakenNames
    ) -> [CollectedFamily] {
        var merged: [MetricFamilySnapshot] = []
        var places: [String: Int] = [:]
        for snapshot in snapshots {
            if let place = places[snapshot.name], merged[place].type == snapshot.type {
                merged[place].metrics += snapshot.metrics
            } else {
                places[snapshot.name] = merged.count
                merged.append(snapshot)
            }
        }
        return merged.compactMap { snapshot in
            let family: CollectedFamily
            do {
                family = try CollectedFamily(snapshot, prefix: prefix, constantLabels: constantLabels)
            } catch {
                selfMetrics.count(.invalid, of: collector, "\(error)")
                return nil
            }
            let names = family.descriptor.claimedNames
            guard taken.areFree(names) else {
                selfMetrics.count(.clash, of: collector, "the name \(family.descriptor.name) is taken")
                return nil
            }
            taken.collected.formUnion(names)
            return family
        }
    }
}

/// The names that families take on a page.
private struct TakenNames {
    /// Those of registered families.
    let declared: [String: any MetricFamilySource]
    /// Those of families that collectors handed over.
    var collected: Set<String> = []

    func areFree(_ names: [String]) -> Bool {
        names.allSatisfy { declared[$0] == nil && !collected.contains($0) }
    }
}
