import Testing

@testable import VernierInstrumentation

@Suite struct HeavyHittersTests {
    /// What the algorithm promises, against exact counts.
    private func check(_ stream: [Int], capacity: Int) {
        var sketch = HeavyHitters<Int>(capacity: capacity)
        var exact: [Int: UInt64] = [:]
        for element in stream {
            sketch.add(element)
            exact[element, default: 0] += 1
        }
        let hits = sketch.copy()
        #expect(sketch.total == UInt64(stream.count))
        #expect(hits.count == min(capacity, exact.count))
        #expect(hits.reduce(0) { $0 + $1.count } == sketch.total)
        for hit in hits {
            let truth = exact[hit.element] ?? 0
            #expect(hit.count >= truth && hit.count - hit.error <= truth)
            #expect(hit.error <= sketch.total / UInt64(capacity))
        }
        let kept = Set(hits.map(\.element))
        for (element, count) in exact where count > sketch.total / UInt64(capacity) {
            #expect(kept.contains(element), "\(element) came \(count) times")
        }
    }

    /// A stream in which the element of rank r comes in proportion to 1 / r^s.
    private func zipf(_ elements: Int, exponent s: Double, count: Int, seed: UInt64) -> [Int] {
        var generator = SplitMix(state: seed)
        var sums: [Double] = []
        for rank in 1...elements { sums.append((sums.last ?? 0) + 1 / power(Double(rank), s)) }
        return (0..<count).map { _ in
            let target = generator.unit() * (sums.last ?? 1)
            var (low, high) = (0, elements - 1)
            while low < high {
                let middle = (low + high) / 2
                if sums[middle] < target { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    @Test(arguments: [0.6, 1.0, 1.4], [1, 10, 100, 1000])
    func `counts keep their bounds on a Zipf distribution`(exponent: Double, capacity: Int) {
        check(zipf(5_000, exponent: exponent, count: 30_000, seed: 7), capacity: capacity)
    }

    @Test func `the most frequent elements come first when there is room enough`() {
        let stream = zipf(2_000, exponent: 1.2, count: 50_000, seed: 3)
        var sketch = HeavyHitters<Int>(capacity: 500)
        var exact: [Int: Int] = [:]
        for element in stream {
            sketch.add(element)
            exact[element, default: 0] += 1
        }
        let truth = exact.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(10).map(\.value)
        #expect(HeavyHitters.first(10, of: sketch.copy()).map { Int($0.count) } == truth)
    }

    @Test func `an adversary who asks for ever new elements does not push a frequent one out`() {
        check((0..<20_000).map { $0.isMultiple(of: 3) ? -1 : $0 }, capacity: 50)
    }

    @Test func `few elements are counted exactly`() {
        var sketch = HeavyHitters<String>(capacity: 3)
        for element in ["a", "b", "a", "c", "a", "b"] { sketch.add(element) }
        #expect(HeavyHitters.first(2, of: sketch.copy()).map(\.element) == ["a", "b"])
        #expect(HeavyHitters.first(5, of: sketch.copy()).map(\.count) == [3, 2, 1])
        #expect(sketch.copy().allSatisfy { $0.error == 0 })
        #expect(HeavyHitters.first(-1, of: sketch.copy()).isEmpty)
    }
}
