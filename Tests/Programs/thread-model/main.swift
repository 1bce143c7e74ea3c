// What updates and scrapes cost at 8, 64 and 256 threads: measured as far as this machine goes, simulated and extrapolated beyond.
//
//     thread-model    prints a line a figure, fields apart by tabs: origin, operation, variant, threads, value, unit
//
// Origins: `measured` on this machine, with more threads than processors; `simulated` with cache lines that one processor owns at a
// time, for as many processors as threads; `extrapolated` from the two.
import ProgramSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How many threads the model is asked about.
let threadCounts = [8, 64, 256]

if CommandLine.arguments.count > 1 {
    System.complain("usage: thread-model\nIt takes no options, runs for half a minute and prints tab-separated lines.")
    exit(CommandLine.arguments.dropFirst() == ["--help"] ? 0 : 64)
}

let stripes = threadCounts.map { StripeUse.measure(threads: $0) }
let costs = CrowdCosts.measure()
for use in stripes {
    LineModel(use).report()
    costs.extrapolate(to: use)
}
SeriesMemory.report()
