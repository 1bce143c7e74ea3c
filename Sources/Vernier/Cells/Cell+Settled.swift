/// Values that go up and down and lie in several stripes.
///
/// A pass over the stripes meets them one after another. Where a thread adds and another one, told by it, subtracts, a pass may see the
/// subtraction and miss the addition, because that is in a stripe that was read before: a number of jobs would be below zero. So a pass
/// is repeated. All words held at one moment what two passes in a row saw alike, since the loads acquire and the first pass therefore
/// ended before the second began.
extension Cell {
    /// How many passes are made at most.
    private static var passes: Int { 8 }

    /// Repeats a pass over the stripes until two in a row have seen the same.
    ///
    /// Where updates never leave the time for that the last one counts, which is off by what was added while it went on.
    ///
    /// - Parameter pass: returns a value and a mark of the words that it was made of; no mark says that the value is of one moment.
    static func settled<Value>(_ pass: () -> (value: Value, mark: UInt64?)) -> Value {
        var last = pass()
        for _ in 1..<passes {
            guard let mark = last.mark else { break }
            let next = pass()
            if next.mark == mark { return next.value }
            last = next
        }
        return last.value
    }

    /// Adds a word to a mark; words that change in different ways hardly ever lead to the same mark.
    @inline(__always)
    static func note(_ word: UInt64, in mark: inout UInt64) {
        mark = (mark ^ word) &* 0x9e37_79b9_7f4a_7c15
        mark ^= mark &>> 32
    }
}
