import CProbe
import Workloads

/// Counts allocations, in this process: what stands before the allocator sees each one on every thread.
enum Allocations {
    /// How many blocks one unit of the work allocates; exactly zero when there was none at all.
    static func perUnit(_ subject: Subject) -> Double {
        let loops = subject.prepared()
        let turns = subject.turns
        let before = probe_allocations()
        // What the loops hold goes after the count: what it takes to let go of something is not the work's.
        let counted = withExtendedLifetime(loops) {
            for loop in loops { loop(turns) }
            return probe_allocations() - before
        }
        return Double(counted) / subject.units
    }
}
