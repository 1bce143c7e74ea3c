import Foundation
import Synchronization
import Vernier
import Workloads

/// What the machine itself can do.
enum Limits {
    /// The machine's side of the operations that libraries do.
    static var machine: InProcess {
        InProcess(
            "machine",
            [
                "bare atomic add": Workloads.bareAtomicAdd,
                "bare atomic add, a word a thread": separateWords,
                "text of 10,000 counters": copy(of: Workloads.fillCounters, units: Workloads.counterPage.units),
                "text of 1,000 histograms": copy(of: Workloads.fillHistograms, units: Workloads.histogramPage.units),
            ])
    }

    /// One uncontended atomic addition, measured for a moment before each other measurement: what ratios are to.
    static func bare() -> TimedLoop {
        TimedLoop(Workloads.bareAtomicAdd, threads: 1, time: .milliseconds(25))
    }

    /// Each thread makes its own word, which no other touches.
    static let separateWords = Workload("bare atomic add, a word a thread") {
        { count in Workloads.bareAtomicAdd.prepare()(count) }
    }

    /// Copies the bytes of a finished page, and does nothing else.
    private static func copy(of fill: @escaping @Sendable (Registry) -> Void, units: Int) -> Workload {
        Workload("memcpy", units: units) {
            let registry = Registry()
            fill(registry)
            let page = Array(registry.page(as: .text).utf8)
            let copies = Mutex([UInt8](repeating: 0, count: page.count))
            return { count in copies.withLock { copy in for _ in 0..<count { copyBytes(of: page, to: &copy) } } }
        }
    }
}

@inline(never)
private func copyBytes(of page: [UInt8], to copy: inout [UInt8]) {
    // SAFETY: both arrays have the page's length, and stay in place for the time of the closures.
    unsafe page.withUnsafeBytes { from in
        unsafe copy.withUnsafeMutableBytes { unsafe $0.copyMemory(from: from) }
    }
}
