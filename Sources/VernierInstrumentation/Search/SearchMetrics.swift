public import Vernier

/// Measures searches in a store, the store itself, and the embeddings that are made for it.
///
/// ```swift
/// let memory = SearchMetrics(known: ["hybrid", "keyword"], models: ["embeddinggemma:300m"])
/// let hits = try await memory.search("hybrid", relevance: \.score) { try await store.find(query) }
/// memory.setStore(bytes: store.bytes, entries: store.count)
/// ```
///
/// With the name `memory` the families are
/// - `memory_search_duration_seconds{search_type}`: how long searches take, failed ones too;
/// - `memory_search_errors_total{search_type,error_type}`: searches that threw, by the class of the error;
/// - `memory_search_results{search_type}`: how many results a search has;
/// - `memory_search_relevance_score{search_type}`: the relevance of each result;
/// - `memory_store_size_bytes` and `memory_store_entries`: what the store holds;
/// - `embeddings_generated_total{model}`, `embedding_generation_seconds{model}` and `embedding_errors_total{model,error_type}`: embeddings,
///   whatever the name; all sets of a registry share them, so their buckets are always ``Buckets/searchDurations``.
///
/// Quantiles are found by a query, as with ``HookMetrics``.
public struct SearchMetrics<Search: LabelValue>: Sendable {
    let duration: HistogramFamily<Labels1<Search>>
    let errors: CounterFamily<Labels2<Search, ErrorType>>
    let results: HistogramFamily<Labels1<Search>>
    let relevance: HistogramFamily<Labels1<Search>>
    let bytes: Gauge
    let entries: Gauge
    let embeddings: CounterFamily<Labels1<String>>
    let embeddingDuration: HistogramFamily<Labels1<String>>
    let embeddingErrors: CounterFamily<Labels2<String, ErrorType>>

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what the names of searches and of the store begin with.
    ///   - known: types of search whose series should be there from the start.
    ///   - models: models of embeddings whose series should be there from the start.
    ///   - buckets: the upper bounds of the buckets of searches' durations, in seconds.
    ///   - relevanceBuckets: the upper bounds of the buckets of relevance; by default for scores from 0 to 1.
    ///   - native: native buckets of searches' durations beside those, if wanted.
    ///   - limit: how many types of search and how many models there are at most; the others go to one series.
    ///   - registry: where to register them.
    public init(
        name: String = "memory", known: [Search], models: [String] = [], buckets: Buckets = .searchDurations,
        relevanceBuckets: Buckets = .relevance, native: NativeBuckets? = nil, limit: Int = 100,
        registry: Registry = .current
    ) {
        let limit = min(max(limit, 1), 100_000)
        let search = Label<Search>("search_type")
        let model = Label<String>("model")
        duration = HistogramFamily(
            "\(name)_search_duration", unit: .seconds, help: "How long a search takes.", buckets: buckets,
            native: native, labels: .of(search), limit: limit, registry: registry)
        errors = CounterFamily(
            "\(name)_search_errors", help: "Searches that failed, by class of error.",
            labels: .of(search, Label<ErrorType>("error_type")), limit: limit * 20, registry: registry)
        results = HistogramFamily(
            "\(name)_search_results", help: "How many results a search has.", buckets: .resultCounts,
            labels: .of(search), limit: limit, registry: registry)
        relevance = HistogramFamily(
            "\(name)_search_relevance_score", help: "Relevance of each result of a search.", buckets: relevanceBuckets,
            labels: .of(search), limit: limit, registry: registry)
        bytes = Gauge("\(name)_store_size", unit: .bytes, help: "Size of the store.", registry: registry)
        entries = Gauge("\(name)_store_entries", help: "Entries in the store.", registry: registry)
        embeddings = CounterFamily(
            "embeddings_generated", help: "Embeddings generated.", labels: .of(model), limit: limit, registry: registry)
        embeddingDuration = HistogramFamily(
            "embedding_generation", unit: .seconds, help: "How long it takes to generate embeddings, by call.",
            buckets: .searchDurations, labels: .of(model), limit: limit, registry: registry)
        embeddingErrors = CounterFamily(
            "embedding_errors", help: "Calls that generate embeddings and failed, by class of error.",
            labels: .of(model, Label<ErrorType>("error_type")), limit: limit * 20, registry: registry)
        for search in known {
            _ = (duration[search], results[search], relevance[search])
        }
        for model in models { _ = (embeddings[model], embeddingDuration[model]) }
    }

    /// Says what the store holds now.
    public func setStore(bytes: Int, entries: Int) {
        self.bytes.set(bytes)
        self.entries.set(entries)
    }
}

extension Buckets {
    /// From half a millisecond to 10 seconds, for searches and embeddings: 2 seconds is among them.
    public static let searchDurations: Buckets = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10,
    ]
    /// Tenths from 0.1 to 1, for scores from 0 to 1.
    public static let relevance: Buckets = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    /// None to a thousand, for the number of results.
    static let resultCounts: Buckets = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
}
