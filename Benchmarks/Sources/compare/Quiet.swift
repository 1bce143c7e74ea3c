import Foundation

/// Looks whether the machine leaves a measurement alone.
///
/// Two threads that take turns on one processor neither meet nor run at the same time: a figure for two threads is then wrong, in either
/// direction. Two threads with a word each cost what one does as long as each has a processor.
final class Quiet {
    private let bare: TimedLoop
    private let apart = TimedLoop(Limits.separateWords, threads: 2, time: .milliseconds(10))
    private(set) var measurements = 0
    /// Before how many measurements it did not become quiet.
    private(set) var disturbed = 0

    init(_ bare: TimedLoop) { self.bare = bare }

    /// Waits until two threads have a processor each; some seconds at most.
    func wait() {
        measurements += 1
        for _ in 0..<40 {
            if apart.nanoseconds() < 1.4 * bare.nanoseconds() { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        disturbed += 1
    }

    /// How it went.
    var row: Row {
        Row("run", "two threads measured while others had a processor", "", "\(disturbed) of \(measurements)")
    }
}
