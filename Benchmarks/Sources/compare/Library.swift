import Workloads

/// What a library is asked to do.
struct Request: Hashable {
    var operation: String
    var variant = ""

    /// How many threads the variant names.
    var threads: Int { variant.first?.wholeNumberValue ?? 1 }
}

/// A value that answers a request.
struct Answer {
    var operation: String
    var variant: String
    var value: Double
    var unit: String

    /// How many times as long it took as a bare atomic addition did.
    func ratio(to bare: Double) -> Answer {
        Answer(operation: operation, variant: variant, value: value / bare, unit: "x bare")
    }
}

/// Something that does the workloads: a library or the machine itself.
protocol Library: AnyObject {
    /// Its name in the table.
    var name: String { get }

    /// Measures once; nothing when the library has no such operation.
    func answers(to request: Request) throws -> [Answer]
}

/// A library whose loops run in this process.
final class InProcess: Library {
    let name: String
    private let workloads: [String: Workload]
    private var loops: [Request: TimedLoop] = [:]

    /// Names a library and what it does for which operation.
    init(_ name: String, _ workloads: [String: Workload]) {
        self.name = name
        self.workloads = workloads
    }

    func answers(to request: Request) -> [Answer] {
        guard let workload = workloads[request.operation] else { return [] }
        let loop = loops[request] ?? TimedLoop(workload, threads: request.threads)
        loops[request] = loop
        return [Answer(operation: request.operation, variant: request.variant, value: loop.nanoseconds(), unit: "ns")]
    }
}
