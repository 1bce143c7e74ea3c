import Vernier

extension SearchMetrics {
    /// Runs a search and records how long it takes, how many results it has, and the relevance of each.
    ///
    /// - Parameters:
    ///   - type: the type of search.
    ///   - relevance: reads the relevance of a result; what is negative, infinite or NaN is left out.
    ///   - body: the search.
    /// - Throws: what the search throws, which is counted by its class.
    /// - Complexity: no allocation and no lock for a type of search that has run before; three atomic additions for each result.
    public func search<Results: Collection, E: Error>(
        _ type: Search, relevance: (Results.Element) -> Double, _ body: () throws(E) -> Results
    ) throws(E) -> Results {
        let began = ContinuousClock.now
        do {
            let found = try body()
            record(type, duration: ContinuousClock.now - began, found, relevance)
            return found
        } catch {
            fail(type, duration: ContinuousClock.now - began, error)
            throw error
        }
    }

    /// Runs an asynchronous search and records how long it takes, how many results it has, and the relevance of each.
    nonisolated(nonsending)
        public func search<Results: Collection, E: Error>(
            _ type: Search, relevance: (Results.Element) -> Double,
            _ body: nonisolated(nonsending) () async throws(E) -> Results
        ) async throws(E) -> Results
    {
        let began = ContinuousClock.now
        do {
            let found = try await body()
            record(type, duration: ContinuousClock.now - began, found, relevance)
            return found
        } catch {
            fail(type, duration: ContinuousClock.now - began, error)
            throw error
        }
    }

    /// Records a search that was timed elsewhere.
    ///
    /// - Parameters:
    ///   - type: the type of search.
    ///   - duration: how long it took.
    ///   - scores: the relevance of each result; one that is negative, infinite or NaN counts as a result and has no relevance.
    ///     Cosines and logarithms are to be mapped to what begins at 0 first.
    public func record(_ type: Search, duration: Duration, relevance scores: some Collection<Double>) {
        record(type, duration: duration, scores) { $0 }
    }

    private func record<Results: Collection>(
        _ type: Search, duration: Duration, _ found: Results, _ score: (Results.Element) -> Double
    ) {
        self.duration[type].observe(duration)
        results[type].observe(found.count)
        let relevance = relevance[type]
        for result in found {
            let score = score(result)
            // A negative one would make the sum fall, which no counter may.
            if score >= 0, score.isFinite { relevance.observe(score) }
        }
    }

    private func fail(_ type: Search, duration: Duration, _ error: any Error) {
        self.duration[type].observe(duration)
        if let kind = WorkResult(thrown: error).errorType { errors[type, kind].increment() }
    }
}

extension SearchMetrics {
    /// Generates embeddings and records how many and how long the call takes.
    ///
    /// ```swift
    /// let vectors = try await memory.embed("embeddinggemma:300m", count: texts.count) { try await embed(texts) }
    /// ```
    ///
    /// A call that throws is timed, generates none, and is counted by the class of its error.
    public func embed<R, E: Error>(_ model: String, count: Int = 1, _ body: () throws(E) -> R) throws(E) -> R {
        let began = ContinuousClock.now
        defer { embeddingDuration[model].observe(ContinuousClock.now - began) }
        do {
            let vectors = try body()
            embeddings[model].increment(by: count)
            return vectors
        } catch {
            failEmbedding(model, error)
            throw error
        }
    }

    /// Generates embeddings asynchronously and records how many and how long the call takes.
    nonisolated(nonsending)
        public func embed<R, E: Error>(
            _ model: String, count: Int = 1, _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let began = ContinuousClock.now
        defer { embeddingDuration[model].observe(ContinuousClock.now - began) }
        do {
            let vectors = try await body()
            embeddings[model].increment(by: count)
            return vectors
        } catch {
            failEmbedding(model, error)
            throw error
        }
    }

    private func failEmbedding(_ model: String, _ error: any Error) {
        if let kind = WorkResult(thrown: error).errorType { embeddingErrors[model, kind].increment() }
    }
}
