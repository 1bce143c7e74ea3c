import Testing

@testable import Vernier

@Suite struct LabelTextArenaTests {
    private func read(_ arena: LabelTextArena, _ place: UInt32) -> [UInt8] {
        arena.withText(at: place) { span in span.indices.map { span[$0] } }
    }

    @Test func `texts of all lengths come back whole`() {
        let arena = LabelTextArena()
        let lengths = Array(0..<300) + [1_000, 4_096, 10_240, 65_530, 65_536, 100_000, 5, 0]
        var places: [UInt32] = []
        for length in lengths { places.append(arena.insert((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) })) }
        #expect(Set(places).count == places.count)
        for (place, length) in zip(places, lengths) {
            #expect(read(arena, place) == (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        }
    }

    @Test func `the room of a text that was removed is given to one of about its size`() {
        let arena = LabelTextArena()
        let first = arena.insert(bytes("0123456789"))
        let second = arena.insert(bytes("neighbour"))
        arena.remove(first)
        let third = arena.insert(bytes("abcdefghijk"))
        #expect(third == first)
        #expect(read(arena, third) == bytes("abcdefghijk"))
        #expect(read(arena, second) == bytes("neighbour"))
        arena.remove(third)
        #expect(arena.insert(Array(repeating: 1, count: 100)) != first)
        #expect(arena.insert([2, 3, 4, 5, 6]) == first)
    }

    @Test func `random texts that come and go never disturb each other`() {
        var generator = SplitMix(seed: 7)
        let arena = LabelTextArena()
        var model: [UInt32: [UInt8]] = [:]
        for _ in 0..<20_000 {
            if model.count > 200, let place = model.keys.randomElement(using: &generator) {
                #expect(read(arena, place) == model[place])
                model[place] = nil
                arena.remove(place)
            } else {
                let length = Int.random(in: 0..<200, using: &generator)
                let text = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
                let place = arena.insert(text)
                #expect(model[place] == nil)
                model[place] = text
            }
        }
        #expect(model.allSatisfy { read(arena, $0.key) == $0.value })
    }

    @Test func `an empty text, and one that fills a block to its last byte, have neighbours`() {
        let arena = LabelTextArena()
        // The first block has 1,024 bytes, and a text takes four more than its length.
        let places = [0, 1_012, 0, 1, 4, 5].map { arena.insert([UInt8](repeating: 9, count: $0)) }
        #expect(arena.capacity == 1_024 + 2_048)
        #expect(places.map { read(arena, $0).count } == [0, 1_012, 0, 1, 4, 5])
        #expect(read(arena, places[1]).allSatisfy { $0 == 9 })
    }

    @Test func `texts of the largest size and many blocks stay in place`() {
        let arena = LabelTextArena()
        let longest = SeriesStore.maximumTextBytes
        let places = (0..<40).map { arena.insert([UInt8](repeating: UInt8($0), count: longest - $0)) }
        #expect(Set(places).count == 40)
        for (number, place) in places.enumerated() {
            let text = read(arena, place)
            #expect(text.count == longest - number)
            #expect(text.allSatisfy { $0 == UInt8(number) })
        }
    }
}
