import Foundation
import Workloads

/// Looks whether the machine leaves a measurement alone.
///
/// Two threads that take turns on one processor neither meet nor run at the same time: a figure for two threads is then wrong, in either
/// direction. And a processor may be half of a core whose other half has other work. So two threads with a word each, and two that
/// only calculate, must cost what one does.
final class Quiet {
    private let bare: TimedLoop
    private let apart = TimedLoop(Limits.separateWords, threads: 2, time: .milliseconds(10))
    private let calculating = TimedLoop(arithmetic, threads: 1, time: .milliseconds(10))
    private let calculatingTwice = TimedLoop(arithmetic, threads: 2, time: .milliseconds(10))
    /// How often it still waits, some 0.15 seconds each time.
    private var waits: Int
    private(set) var measurements = 0
    /// Before how many measurements it did not become quiet.
    private(set) var disturbed = 0

    init(_ bare: TimedLoop, waits: Int) {
        self.bare = bare
        self.waits = waits
    }

    /// Waits until two threads have a processor each.
    func wait() {
        measurements += 1
        while !isQuiet {
            guard waits > 0 else { return disturbed += 1 }
            waits -= 1
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    private var isQuiet: Bool {
        apart.nanoseconds() < 1.4 * bare.nanoseconds()
            && calculatingTwice.nanoseconds() < 1.2 * calculating.nanoseconds()
    }

    /// How it went.
    var row: Row {
        Row("run", "two threads measured while others had a processor", "", "\(disturbed) of \(measurements)")
    }

    private static let arithmetic = Workload("arithmetic") { { calculate($0) } }
}

/// Sums that need no memory: as many at a time as a core can do.
@inline(never)
private func calculate(_ count: Int) {
    var sums = SIMD4<UInt64>(1, 2, 3, 4)
    var (first, second) = (UInt64(5), UInt64(6))
    for turn in 0..<count {
        let number = UInt64(truncatingIfNeeded: turn)
        sums = (sums &+ SIMD4(repeating: number)) ^ (sums &>> 7)
        first = (first &+ number) ^ first &>> 7
        second = (second ^ number) &+ second &>> 9
    }
    if sums.wrappedSum() &+ first &+ second == 0 { print() }
}
