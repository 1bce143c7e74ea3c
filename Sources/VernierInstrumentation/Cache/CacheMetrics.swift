public import Vernier

/// Measures a cache: hits, misses, what it holds, what leaves it and why, and how long it takes to load what was missing.
///
/// ```swift
/// let cache = CacheMetrics("thumbnails")
/// if let image = cache.lookup({ images[key] }) { return image }
/// let image = try await cache.measureLoad { try await render(key) }
/// ```
///
/// The families, which all caches of a registry share, are
/// - `cache_hits_total{cache}` and `cache_misses_total{cache}`: lookups; the hit ratio is
///   `rate(cache_hits_total[5m]) / (rate(cache_hits_total[5m]) + rate(cache_misses_total[5m]))`;
/// - `cache_evictions_total{cache,reason}`: entries that left, by ``EvictionReason``;
/// - `cache_size_bytes{cache}` and `cache_entries{cache}`: what it holds;
/// - `cache_load_duration_seconds{cache}`: how long loads take, failed ones too;
/// - `cache_load_errors_total{cache,error_type}`: loads that threw, by the class of the error.
public struct CacheMetrics: Sendable {
    let name: String
    let hits: Counter
    let misses: Counter
    let evictions: CounterFamily<Labels2<String, EvictionReason>>
    let bytes: Gauge
    let entries: Gauge
    let loads: Histogram
    let loadErrors: CounterFamily<Labels2<String, ErrorType>>

    /// Declares the families and makes the series of a cache.
    ///
    /// - Parameters:
    ///   - name: the cache's name, which is its label; of a thousand and more the last share a series.
    ///   - registry: where to register them.
    public init(_ name: String, registry: Registry = .current) {
        let cache = Label<String>("cache")
        let labels = Labels1(cache)
        let limit = 1000
        let hits = CounterFamily(
            "cache_hits", help: "Lookups that found an entry.", labels: labels, limit: limit, registry: registry)
        let misses = CounterFamily(
            "cache_misses", help: "Lookups that found none.", labels: labels, limit: limit, registry: registry)
        let bytes = GaugeFamily(
            "cache_size", unit: .bytes, help: "Size of what a cache holds.", labels: labels, limit: limit,
            registry: registry)
        let entries = GaugeFamily(
            "cache_entries", help: "Entries that a cache holds.", labels: labels, limit: limit, registry: registry)
        let loads = HistogramFamily(
            "cache_load_duration", unit: .seconds, help: "How long it takes to load what a cache does not have.",
            buckets: .queryDurations, labels: labels, limit: limit, registry: registry)
        evictions = CounterFamily(
            "cache_evictions", help: "Entries that left a cache, by reason.",
            labels: .of(cache, Label<EvictionReason>("reason")), limit: limit * EvictionReason.allCases.count,
            registry: registry)
        loadErrors = CounterFamily(
            "cache_load_errors", help: "Loads that failed, by class of error.",
            labels: .of(cache, Label<ErrorType>("error_type")), limit: limit * 20, registry: registry)
        self.name = name
        (self.hits, self.misses, self.bytes, self.entries) = (hits[name], misses[name], bytes[name], entries[name])
        self.loads = loads[name]
        for reason in EvictionReason.allCases { _ = evictions[name, reason] }
    }

    /// Counts a lookup that found an entry.
    public func hit() { hits.increment() }

    /// Counts a lookup that found none.
    public func miss() { misses.increment() }

    /// Looks an entry up and counts whether it is there.
    public func lookup<Value, E: Error>(_ find: () throws(E) -> Value?) throws(E) -> Value? {
        let value = try find()
        if value == nil { misses.increment() } else { hits.increment() }
        return value
    }

    /// Counts entries that leave the cache.
    public func evicted(_ reason: EvictionReason, count: Int = 1) {
        evictions[name, reason].increment(by: count)
    }

    /// Says what the cache holds now.
    public func set(bytes: Int, entries: Int) {
        self.bytes.set(bytes)
        self.entries.set(entries)
    }

    /// Loads what the cache does not have and records how long that takes.
    public func measureLoad<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        let began = ContinuousClock.now
        defer { loads.observe(ContinuousClock.now - began) }
        do { return try body() } catch {
            fail(error)
            throw error
        }
    }

    /// Loads asynchronously what the cache does not have and records how long that takes.
    nonisolated(nonsending)
        public func measureLoad<R, E: Error>(
            _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let began = ContinuousClock.now
        defer { loads.observe(ContinuousClock.now - began) }
        do { return try await body() } catch {
            fail(error)
            throw error
        }
    }

    /// The part of all lookups so far that were hits, `nil` before there are any.
    ///
    /// A query finds it for any span of time.
    public var hitRatio: Double? {
        let (hits, misses) = (hits.value, misses.value)
        return hits + misses > 0 ? hits / (hits + misses) : nil
    }

    private func fail(_ error: any Error) {
        if let type = WorkResult(thrown: error).errorType { loadErrors[name, type].increment() }
    }
}

/// Why an entry left a cache.
public enum EvictionReason: String, FiniteLabel {
    /// There was no room for all.
    case capacity
    /// It was too old.
    case expired
    /// It was taken out because it was no longer right.
    case removed
    /// Another value came in its place.
    case replaced
}
