import Testing

@testable import Vernier

@Suite struct CellSettledTests {
    /// What comes of passes with these marks, the first of which has the value 0, and how many were made.
    private func settled(_ marks: [UInt64?]) -> (value: Int, passes: Int) {
        var passes = 0
        let value = Cell.settled {
            defer { passes += 1 }
            return (passes, passes < marks.count ? marks[passes] : UInt64(1000 + passes))
        }
        return (value, passes)
    }

    @Test(
        arguments: [
            ([7, 7], 1), ([7, 8, 8], 2), ([7, 8, 7, 7], 3), ([nil], 0), ([7, nil], 1), ([], 7),
        ] as [([UInt64?], Int)])
    func `the first pass that saw what the one before saw counts, and else the last`(marks: [UInt64?], value: Int) {
        let seen = settled(marks)
        #expect(seen.value == value)
        #expect(seen.passes == value + 1)
    }

    @Test func `a mark tells words apart that moved from one stripe to another`() {
        var marks: Set<UInt64> = []
        for words in [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, .max, 0], [.max, 1, 0], [2, .max, .max]]
            as [[UInt64]]
        {
            var mark: UInt64 = 0
            for word in words { Cell.note(word, in: &mark) }
            marks.insert(mark)
        }
        #expect(marks.count == 7)
    }
}
