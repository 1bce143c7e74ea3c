import Testing

@testable import Vernier

@Suite struct ExemplarProviderTests {
    /// What the default provider of these tests knows; nothing in other tests, which run beside them.
    @TaskLocal private static var trace: String?

    private func provider(_ id: String) -> ExemplarProvider { ExemplarProvider { ["id": id] } }

    private func counter(_ registry: Registry) -> Counter {
        Counter("hits", help: "H.", exemplars: .automatic(every: .zero), registry: registry)
    }

    @Test func `the innermost provider is the current one`() {
        provider("outer").withCurrent {
            #expect(ExemplarProvider.current?() == ["id": "outer"])
            provider("inner").withCurrent { #expect(ExemplarProvider.current?() == ["id": "inner"]) }
            #expect(ExemplarProvider.current?() == ["id": "outer"])
        }
    }

    @Test func `an automatic counter refers to what its task's provider knows`() async {
        let registry = Registry()
        let counter = counter(registry)
        await provider("a").withCurrent {
            await Task { counter.increment(by: 2) }.value
            #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "a")])
            await Task { provider("b").withCurrent { counter.increment(by: 3) } }.value
        }
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "b")])
        #expect(registry.exemplar(of: "hits")?.value == 3)
    }

    @Test func `where the task has none the default provider is asked, and a later one replaces it`() {
        let before = ExemplarProvider.default
        defer { ExemplarProvider.default = before }
        ExemplarProvider.default = ExemplarProvider { Self.trace.map { ["trace": $0] } }
        let registry = Registry()
        let counter = counter(registry)
        counter.increment()
        #expect(registry.exemplar(of: "hits") == nil)
        Self.$trace.withValue("one") { counter.increment() }
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("trace", "one")])
        ExemplarProvider.default = nil
        Self.$trace.withValue("two") { counter.increment() }
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("trace", "one")])
    }

    @Test func `a provider may update the metric that asks it`() {
        let registry = Registry()
        let counter = Counter("hits", help: "H.", exemplars: .automatic(every: .seconds(60)), registry: registry)
        let provider = ExemplarProvider {
            counter.increment()
            return ["id": "x"]
        }
        provider.withCurrent { counter.increment() }
        #expect(counter.value == 2)
        #expect(registry.exemplar(of: "hits")?.labels == [LabelPair("id", "x")])
    }
}
