import Testing

@testable import Vernier

@Suite struct CellMemoryTests {
    @Test func `words start at zero and are apart from each other`() {
        let words = CellMemory.allocate(words: 4)
        #expect((0..<4).allSatisfy { words.loadRelaxed($0) == 0 })
        words.storeRelaxed(0, 5)
        words.storeReleasing(1, 6)
        words.advanced(by: 2).addRelaxed(0, 7)
        words.addReleasing(3, 8)
        #expect((0..<4).map(words.loadAcquiring) == [5, 6, 7, 8])
        #expect(words.addAcquiring(0, 1) == 5)
        #expect(words.addAcquiringAndReleasing(0, .max) == 6)
        #expect(words.exchangeRelaxed(0, 9) == 5)
        #expect(words.loadRelaxed(0) == 9)
    }

    @Test func `integers wrap and doubles add up`() {
        let words = CellMemory.allocate(words: 2)
        words.addRelaxed(0, .max)
        words.addReleasing(0, 3)
        #expect(words.loadRelaxed(0) == 2)
        words.addReleasing(1, double: 0.5)
        words.addReleasing(1, double: -2)
        #expect(Double(bitPattern: words.loadRelaxed(1)) == -1.5)
    }

    @Test func `a word or a pair is replaced only where it is as expected`() {
        let words = CellMemory.allocate(words: 4)
        #expect(words.replaceReleasing(1, expected: 0, with: 5))
        #expect(!words.replaceReleasing(1, expected: 0, with: 6))
        #expect(words.replacePair(2, expected: (0, 0), with: (7, 8)))
        #expect(!words.replacePair(2, expected: (7, 9), with: (1, 1)))
        #expect(!words.replacePair(2, expected: (6, 8), with: (1, 1)))
        #expect((0..<4).map(words.loadRelaxed) == [0, 5, 7, 8])
    }

    @Test func `a block starts on a pair of cache lines`() {
        for count in [1, 3, 17, 10_000, 100_000] {
            let words = CellMemory.allocate(words: count)
            #expect(unsafe UInt(bitPattern: words.base) % 128 == 0)
        }
    }
}
