import Testing

@testable import Vernier

@Suite struct StreamMetricsTests {
    private struct Numbers: AsyncSequence {
        let count: Int
        var failure: (any Error & Sendable)?

        struct Iterator: AsyncIteratorProtocol {
            var next = 0
            let count: Int
            let failure: (any Error & Sendable)?

            mutating func next() async throws -> Int? {
                await Task.yield()
                guard next < count else {
                    if let failure { throw failure }
                    return nil
                }
                next += 1
                return next
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(count: count, failure: failure) }
    }

    /// Counts of first elements, gaps and elements, and the ends that were counted.
    private func check(_ registry: Registry, first: UInt64, gaps: UInt64, elements: Int, ends: [StreamEnd]) {
        #expect(registry.histogram("tokens_first_element_seconds")?.count == first)
        #expect(registry.histogram("tokens_gap_seconds")?.count == gaps)
        #expect(registry.samples(of: "tokens_elements") == ["tokens_elements_total \(elements)"])
        let expected = StreamEnd.allCases.map { end in
            "tokens_streams_total{end=\"\(end.rawValue)\"} \(ends.count { $0 == end })"
        }
        #expect(registry.samples(of: "tokens_streams") == expected)
    }

    @Test(arguments: [0, 1, 2, 5]) func `a sequence that ends is finished`(count: Int) async throws {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        var seen: [Int] = []
        for try await number in Numbers(count: count).metered(by: metrics) { seen.append(number) }
        #expect(seen == Array(1..<count + 1))
        check(
            registry, first: min(1, UInt64(count)), gaps: UInt64(max(0, count - 1)), elements: count, ends: [.finished])
    }

    @Test func `the end is counted once, whoever asks again`() async throws {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        do {
            var iterator = Numbers(count: 1).metered(by: metrics).makeAsyncIterator()
            while try await iterator.next() != nil {}
            #expect(try await iterator.next() == nil)
        }
        check(registry, first: 1, gaps: 0, elements: 1, ends: [.finished])
    }

    @Test func `a sequence that throws has failed`() async {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        await #expect(throws: Trouble.self) {
            for try await _ in Numbers(count: 3, failure: Trouble()).metered(by: metrics) {}
        }
        check(registry, first: 1, gaps: 2, elements: 3, ends: [.failed])
    }

    @Test func `a sequence that throws CancellationError is cancelled`() async {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        await #expect(throws: CancellationError.self) {
            for try await _ in Numbers(count: 0, failure: CancellationError()).metered(by: metrics) {}
        }
        check(registry, first: 0, gaps: 0, elements: 0, ends: [.cancelled])
    }

    @Test func `a sequence that ends because its task was cancelled is cancelled`() async {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
        let (seen, note) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            for await number in stream.metered(by: metrics) { note.yield(number) }
        }
        continuation.yield(1)
        for await _ in seen.prefix(1) {}
        task.cancel()
        await task.value
        check(registry, first: 1, gaps: 0, elements: 1, ends: [.cancelled])
    }

    @Test func `a consumer that stops has broken off`() async throws {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        for try await number in Numbers(count: 10).metered(by: metrics) where number == 2 { break }
        check(registry, first: 1, gaps: 1, elements: 2, ends: [.brokenOff])
    }

    @Test func `each iteration counts for itself`() async throws {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", buckets: [1], registry: registry)
        let sequence = Numbers(count: 2).metered(by: metrics)
        for _ in 0..<3 { for try await _ in sequence {} }
        check(registry, first: 3, gaps: 3, elements: 6, ends: [.finished, .finished, .finished])
    }

    @Test func `times are those between elements`() async throws {
        let registry = Registry()
        let metrics = StreamMetrics("tokens", help: "T.", registry: registry)
        let stream = AsyncStream<Int> {
            try? await Task.sleep(for: .milliseconds(5))
            return Task.isCancelled ? nil : 1
        }
        for await _ in stream.metered(by: metrics).prefix(3) {}
        #expect(registry.histogram("tokens_first_element_seconds")?.sum ?? 0 >= 0.005)
        #expect(registry.histogram("tokens_gap_seconds")?.sum ?? 0 >= 0.010)
    }
}
