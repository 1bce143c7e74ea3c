import Workloads

/// The cost of finding a series by its labels and counting in it.
enum LabelSuite {
    static func register() { registerAll("label lookup", Workloads.labels) }
}
