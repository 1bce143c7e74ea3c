import Workloads

/// The cost of gathering and writing a page.
enum PageSuite {
    static func register() { registerAll("gather and encode", Workloads.gather) }
}
