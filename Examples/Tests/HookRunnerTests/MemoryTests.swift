import ExampleSupport
import Foundation
import Testing
import Vernier
import VernierTesting

@testable import hook_runner

@Suite(.isolatedRegistry) final class MemoryTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("memory-\(UUID())").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ name: String, _ text: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/texts", withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/texts/\(name)"))
    }

    private func makeMemory() throws -> MemorySystem {
        try MemorySystem(.init(folder: "\(folder)/texts", database: "\(folder)/run/m.sqlite", readers: 2))
    }

    @Test func `texts with common words are alike, others are not`() {
        let embedder = Embedder()
        let one = embedder.vector(of: "Copper conducts electricity.")
        #expect(abs(Embedder.likeness(one, one) - 1) < 1e-5)
        let near = Embedder.likeness(one, embedder.vector(of: "electric conductors of copper"))
        let far = Embedder.likeness(one, embedder.vector(of: "Rain is likely tomorrow"))
        #expect(near > 0.3 && far < 0.2 && far < near)
        #expect(embedder.vector(of: "…").allSatisfy { $0 == 0 })
    }

    @Test(arguments: SearchType.allCases)
    func `the paragraph that fits is found first`(type: SearchType) async throws {
        try write("a.md", "# Metals\n\nCopper conducts well.\n\nIron rusts.\n")
        try write("b.txt", "The sky is blue.")
        try write("c.bin", "Copper is not read here.")
        let memory = try makeMemory()
        #expect(try await memory.index().entries == 4)
        let hits = try await memory.search("copper", type, limit: 2)
        #expect(hits.first?.text == "Copper conducts well." && hits.first?.path == "a.md")
        #expect(hits.allSatisfy { $0.relevance > 0 && $0.relevance <= 1.0001 })
        let page = await Registry.current.gather()
        #expect(
            page.value(of: "memory_search_relevance_score_count", labels: ["search_type": type.rawValue])
                == Double(hits.count))
        #expect(page.value(of: "memory_store_entries") == 4)
    }

    @Test func `what changed is read again, and nothing else`() async throws {
        try write("a.md", "one\n\ntwo")
        try write("b.md", "three")
        let memory = try makeMemory()
        _ = try await memory.index()
        let model = ["model": Embedder.model]
        #expect(await Registry.current.gather().value(of: "embeddings_generated_total", labels: model) == 3)
        try write("a.md", "one\n\ntwo\n\nfour")
        try FileManager.default.removeItem(atPath: "\(folder)/texts/b.md")
        #expect(try memory.store.state(comparedWith: memory.folder).outdated == 2)
        #expect(try await memory.index().entries == 3)
        #expect(await Registry.current.gather().value(of: "embeddings_generated_total", labels: model) == 6)
        #expect(try await memory.search("three", .keyword, limit: 5).isEmpty)
        #expect(try memory.store.state(comparedWith: memory.folder).outdated == 0)
        let report = CollectorConformance.check(MemoryMetricsCollector(memory: memory))
        #expect(report.isConformant, "\(report)")
    }

    @Test func `a folder that is not there empties nothing`() async throws {
        try write("a.md", "one")
        let memory = try makeMemory()
        _ = try await memory.index()
        try FileManager.default.moveItem(atPath: "\(folder)/texts", toPath: "\(folder)/elsewhere")
        let problem = await #expect(throws: Problem.self) { try await memory.index() }
        #expect(problem?.description.contains("memory.folder") == true)
        #expect(try await memory.store.size().entries == 1)
        #expect(try memory.store.state(comparedWith: memory.folder).outdated == 1)
    }

    @Test func `links and pipes are passed over, and what is no text is not outdated for ever`() async throws {
        try write("a.md", "one")
        let texts = "\(folder)/texts"
        try FileManager.default.createSymbolicLink(atPath: "\(texts)/b.md", withDestinationPath: "\(texts)/a.md")
        // SAFETY: the path is lent as a C string.
        let result = unsafe mkfifo("\(texts)/c.md", 0o600)
        #expect(result == 0)
        try Data([0xff, 0xfe, 0xff]).write(to: URL(fileURLWithPath: "\(texts)/d.md"))
        let memory = try makeMemory()
        #expect(try await memory.index().entries == 1)
        let state = try memory.store.state(comparedWith: memory.folder)
        #expect(state.documents == 2 && state.outdated == 0)
    }
}
