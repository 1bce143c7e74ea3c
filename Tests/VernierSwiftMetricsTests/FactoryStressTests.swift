#if SwiftMetrics
    import CoreMetrics
    import Synchronization
    import Testing
    import Vernier
    import VernierTesting

    @testable import VernierSwiftMetrics

    @Suite struct FactoryStressTests {
        private static let threads = 6

        /// Runs a closure on several threads at once.
        private func together(_ body: @escaping @Sendable (Int) -> Void) throws {
            let threads = try (0..<Self.threads).map { number in
                try Thread(name: "stress-\(number)") { body(number) }
            }
            for thread in threads { #expect(thread.join(until: .now + .seconds(900))) }
        }

        @Test func `threads that make the same metrics lose no update`() throws {
            let backend = Backend()
            try together { _ in
                for turn in 0..<4_000 {
                    let dimensions = [("id", "\(turn % 200)"), ("kind", "x")]
                    backend.factory.makeCounter(
                        label: "hits", dimensions: turn % 2 == 0 ? dimensions : dimensions.reversed()
                    ).increment(by: 1)
                    backend.factory.makeTimer(label: "label.\(turn % 50)", dimensions: []).recordNanoseconds(1)
                }
            }
            let families = backend.registry.gather()
            for id in 0..<200 {
                let expected = Double(4_000 / 200 * Self.threads)
                #expect(families.value(of: "hits_total", labels: ["id": "\(id)", "kind": "x"]) == expected)
            }
            for label in 0..<50 {
                #expect(families.value(of: "label_\(label)_seconds_count") == Double(4_000 / 50 * Self.threads))
            }
            try backend.expectSoundPages()
        }

        @Test
        func `what is destroyed while others use it is never another's, and its memory is not used after it is gone`()
            throws
        {
            let backend = Backend { $0.seriesLimit = 400 }
            try together { thread in
                for turn in 0..<6_000 {
                    let id = "\((turn &* 7 &+ thread) % 300)"
                    let counter = backend.factory.makeCounter(label: "shared", dimensions: [("id", id)])
                    counter.increment(by: 1)
                    if turn % 3 == thread % 3 { backend.factory.destroyCounter(counter) }
                    // A series of its own, which nobody destroys.
                    backend.factory.makeCounter(label: "own", dimensions: [("thread", "\(thread)")]).increment(by: 1)
                    if turn % 1_000 == 0 { _ = backend.registry.page(as: .openMetrics) }
                }
            }
            for thread in 0..<Self.threads {
                #expect(backend.value("own_total", ["thread": "\(thread)"]) == 6_000)
            }
            // All are found again, and count.
            for id in 0..<300 {
                let dimensions = [("id", "\(id)")]
                backend.factory.destroyCounter(backend.factory.makeCounter(label: "shared", dimensions: dimensions))
                backend.factory.makeCounter(label: "shared", dimensions: dimensions).increment(by: 5)
                #expect(backend.value("shared_total", ["id": "\(id)"]) == 5)
            }
            #expect(backend.factory.figures.count == 300 + Self.threads)
            try backend.expectSoundPages()
        }

        @Test func `while many come and go what stays is found each time`() throws {
            let backend = Backend { $0.seriesLimit = 2_000 }
            let stays = backend.factory.makeCounter(label: "stays", dimensions: [("a", "b")])
            let wrong = Atomic<Int>(0)
            try together { thread in
                for turn in 0..<5_000 {
                    if thread < 2 {
                        let counter = backend.factory.makeCounter(
                            label: "goes", dimensions: [("id", "\(thread)-\(turn)")])
                        backend.factory.destroyCounter(counter)
                    } else if backend.factory.makeCounter(label: "stays", dimensions: [("a", "b")]) !== stays {
                        wrong.wrappingAdd(1, ordering: .relaxed)
                    }
                }
            }
            #expect(wrong.load(ordering: .relaxed) == 0)
            // Twice as many each time that a thread lost its processor while it read: far from all 10,000.
            #expect(backend.factory.figures.waiting <= 4_096)
        }

        @Test func `a clash that several threads make at once is counted once`() throws {
            let backend = Backend()
            for number in 0..<200 { Vernier.Gauge("taken_\(number)", help: "Mine.", registry: backend.registry).set(1) }
            try together { _ in
                for number in 0..<200 {
                    backend.factory.makeCounter(label: "taken.\(number)", dimensions: []).increment(by: 1)
                }
            }
            #expect(backend.value("vernier_detached_metrics_total") == 200)
        }
    }
#endif
