import Workloads

/// The cost of an observation.
enum HistogramSuite {
    static func register() { registerAll("histogram", Workloads.histograms) }
}
