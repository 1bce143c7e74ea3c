import Workloads

/// What one unit of an operation was counted to cost.
struct Count: Sendable {
    let operation: String
    let variant: String
    let kind: Workload.Kind
    var allocations: Double
    var instructions: Double
    /// What must be counted, for a control.
    var known: (allocations: Double?, instructions: Double?)?

    init(_ subject: Subject, allocations: Double, instructions: Double) {
        operation = subject.workload.operation
        variant = subject.workload.variant
        kind = subject.workload.kind
        known = subject.known
        self.allocations = allocations
        self.instructions = instructions
    }

    var name: String { variant.isEmpty ? operation : "\(operation), \(variant)" }
}
