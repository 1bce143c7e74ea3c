import Testing

@testable import Vernier

/// An index with what a store would know of its slots.
private struct Model: ~Copyable {
    let index = SeriesIndex()
    /// The hash of every slot that is in the index.
    var hashes: [Int: UInt64] = [:]

    mutating func insert(_ slot: Int, _ hash: UInt64) {
        if (hashes.count + 1) * 16 > index.capacity * 13 {
            let all = hashes
            index.rebuild(capacity: index.capacity * 2) { insert in
                for (slot, hash) in all { insert(slot, hash) }
            }
        }
        index.insert(slot: slot, hash: hash)
        hashes[slot] = hash
    }

    mutating func remove(_ slot: Int) {
        let all = hashes
        index.remove(slot: slot, hash: all[slot] ?? 0) { all[$0] ?? 0 }
        hashes[slot] = nil
    }

    func find(_ slot: Int, _ hash: UInt64) -> Int? {
        index.first(hash: hash) { $0 == slot ? $0 : nil }
    }
}

@Suite struct SeriesIndexTests {
    /// How the hashes of slots are made: well spread, in a few heaps, all the same, around the end of the table.
    enum Hashes: CaseIterable {
        case spread, heaps, same, far, end, last

        func next(_ generator: inout SplitMix) -> UInt64 {
            let random: UInt64 = generator.next()
            // The upper half counts.
            return switch self {
            case .spread: random
            case .heaps: (random & 7) << 32
            case .same: 31 << 32
            case .far: random & 0xff00_0001_0000_0000
            case .end: (0x7fff_fffe &+ (random & 3)) << 32
            case .last: UInt64.max &- (random & 15) << 32
            }
        }
    }

    @Test(arguments: Hashes.allCases)
    func `random changes leave what a dictionary has`(hashes: Hashes) {
        var generator = SplitMix(seed: 11)
        var model = Model()
        var next = 0
        for step in 0..<3_000 {
            let removes =
                model.hashes.count > 0 && Int.random(in: 0..<100, using: &generator) < (step < 1_500 ? 40 : 60)
            if removes, let slot = model.hashes.keys.randomElement(using: &generator) {
                let hash = model.hashes[slot] ?? 0
                model.remove(slot)
                #expect(model.find(slot, hash) == nil)
            } else {
                model.insert(next, hashes.next(&generator))
                next += 1
            }
            if step % 50 == 0 {
                let missing = model.hashes.filter { model.find($0.key, $0.value) == nil }
                #expect(missing.isEmpty)
            }
        }
        let missing = model.hashes.filter { model.find($0.key, $0.value) == nil }
        #expect(missing.isEmpty)
    }

    @Test func `a search passes over slots that do not match and stops at a free entry`() {
        let index = SeriesIndex()
        for slot in 0..<5 { index.insert(slot: slot, hash: 3 << 32) }
        var seen: [Int] = []
        let found: Int? = index.first(hash: 3 << 32) { slot in
            seen.append(slot)
            return nil
        }
        #expect(found == nil)
        #expect(seen == [0, 1, 2, 3, 4])
        let other: Int? = index.first(hash: 3 << 32 | 1 << 56) { $0 }
        #expect(other == nil)
    }

    @Test func `removing what is not there changes nothing`() {
        let index = SeriesIndex()
        index.insert(slot: 0, hash: 5 << 32)
        index.remove(slot: 9, hash: 5 << 32) { _ in 5 << 32 }
        index.remove(slot: 9, hash: 6 << 32) { _ in 5 << 32 }
        #expect(index.first(hash: 5 << 32) { $0 } == 0)
    }

    @Test func `a larger table has the entries that it was given`() {
        let index = SeriesIndex()
        #expect(index.capacity == 32)
        index.rebuild(capacity: 1024) { insert in
            for slot in 0..<800 { insert(slot, UInt64(slot) &* 0x9e37_79b9_7f4a_7c15) }
        }
        #expect(index.capacity == 1024)
        let missing = (0..<800).filter { slot in
            index.first(hash: UInt64(slot) &* 0x9e37_79b9_7f4a_7c15) { $0 == slot ? true : nil } == nil
        }
        #expect(missing.isEmpty)
    }
}
