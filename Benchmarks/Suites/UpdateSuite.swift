import Workloads

/// The cost of an update through an instrument that the host holds.
enum UpdateSuite {
    static func register() { registerAll("update", Workloads.updates) }
}
