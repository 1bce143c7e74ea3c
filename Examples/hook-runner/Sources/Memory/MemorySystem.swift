import Vernier
import VernierInstrumentation

/// The store of texts with its embedder, and what is measured of both.
final class MemorySystem: Sendable {
    let store: MemoryStore
    let folder: String
    private let embedder = Embedder()
    private let metrics: SearchMetrics<SearchType>

    init(_ configuration: Configuration.Memory, registry: Registry = .current) throws {
        store = try MemoryStore(path: configuration.database, readers: configuration.readers, registry: registry)
        folder = configuration.folder
        metrics = SearchMetrics(known: SearchType.allCases, models: [Embedder.model], registry: registry)
    }

    /// Makes the store hold the files of the folder as they are now.
    func index() async throws -> MemoryStore.Size {
        try await store.index(folder) { self.embed($0) }
        let size = try await store.size()
        metrics.setStore(bytes: size.bytes, entries: size.entries)
        return size
    }

    /// The best entries for some words, the best one first.
    func search(_ text: String, _ type: SearchType, limit: Int) async throws -> [MemoryStore.Hit] {
        try await metrics.search(type, relevance: \.relevance) {
            let vector = type == .keyword ? [] : embed(text)
            return try await store.search(text, type, vector: vector, limit: limit)
        }
    }

    private func embed(_ text: String) -> [Float] {
        metrics.embed(Embedder.model) { embedder.vector(of: text) }
    }
}
