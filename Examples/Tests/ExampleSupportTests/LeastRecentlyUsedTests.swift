import ExampleSupport
import Testing

struct LeastRecentlyUsedTests {
    @Test func `what was not used for the longest time goes first`() {
        var store = LeastRecentlyUsed<String, Int>(capacity: 2)
        #expect(store.store(1, for: "a") == nil)
        #expect(store.store(2, for: "b") == nil)
        #expect(store.value(for: "a") == 1)
        let evicted = store.store(3, for: "c")
        #expect(evicted?.key == "b" && evicted?.value == 2)
        #expect(store.value(for: "b") == nil)
        #expect(store.value(for: "a") == 1)
        #expect(store.value(for: "c") == 3)
        #expect(store.count == 2)
    }

    @Test func `a look is no use`() {
        var store = LeastRecentlyUsed<String, Int>(capacity: 2)
        store.store(1, for: "a")
        store.store(2, for: "b")
        #expect(store.contains("a"))
        store.store(3, for: "c")
        #expect(!store.contains("a"))
    }

    @Test func `what was removed leaves its place to others`() {
        var store = LeastRecentlyUsed<Int, Int>(capacity: 3)
        for number in 1...3 { store.store(number, for: number) }
        #expect(store.remove(2) == 2)
        #expect(store.remove(2) == nil)
        #expect(store.store(4, for: 4) == nil)
        #expect(store.store(5, for: 5)?.key == 1)
        #expect(store.count == 3)
    }

    @Test func `it agrees with a slow one over many random steps`() {
        var random = SeededGenerator(seed: 9)
        var store = LeastRecentlyUsed<Int, Int>(capacity: 5)
        var slow: [(key: Int, value: Int)] = []  // newest last
        for step in 0..<5_000 {
            let key = Int.random(in: 0..<9, using: &random)
            let place = slow.firstIndex { $0.key == key }
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
                let expected = place.map { slow.remove(at: $0) }
                #expect(store.value(for: key) == expected?.value)
                if let expected { slow.append(expected) }
            case 1:
                #expect(store.remove(key) == place.map { slow.remove(at: $0).value })
            default:
                if let place { slow.remove(at: place) }
                let evicted = slow.count == 5 ? slow.removeFirst() : nil
                slow.append((key, step))
                #expect(store.store(step, for: key)?.key == evicted?.key)
            }
            #expect(store.count == slow.count)
        }
    }
}
