@testable import Vernier

/// A finite label that several suites use.
enum Method: String, FiniteLabel { case get = "GET", post = "POST" }

/// An error to throw.
struct Trouble: Error {}

extension Registry {
    /// The page of some families alone, however long collectors take.
    func page(_ format: ExpositionFormat = .text, of names: String...) -> String {
        page(format, names)
    }

    private func page(_ format: ExpositionFormat, _ names: [String]) -> String {
        var page = PageBuffer()
        // Appending to a buffer throws nothing.
        try? expose(as: format, names: Set(names), timeout: .seconds(300)) { page.append(copying: $0) }
        return String(decoding: page.array, as: UTF8.self)
    }

    /// The samples of some families, without metadata.
    func samples(of names: String...) -> [String] {
        page(.text, names).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }

    /// What a gather shows of a family.
    func family(_ name: String) -> MetricFamilySnapshot? {
        gather(names: [name], timeout: .seconds(300)).first { $0.name == name }
    }

    /// The single metric of a family.
    func point(of name: String) -> MetricPoint? { family(name)?.metrics.first?.point }

    /// The exemplar of the first metric of a family.
    func exemplar(of name: String) -> Exemplar? { family(name)?.metrics.first?.exemplar }

    /// The histogram that is the single metric of a family.
    func histogram(_ name: String) -> HistogramPoint? {
        if case .histogram(let point)? = point(of: name) { point } else { nil }
    }

    /// The names of all families that are not the registry's own.
    var familyNames: [String] {
        gather().map(\.name).filter { !$0.hasPrefix("vernier_") }
    }

    /// What the registry's own counter of a collector's errors says.
    func errors(_ kind: String, of collector: String) -> Double? {
        let labels = [LabelPair("collector", collector), LabelPair("kind", kind)]
        let metric = family("vernier_collector_errors")?.metrics.first { $0.labels == labels }
        guard case .counter(let value)? = metric?.point else { return nil }
        return value
    }

    /// What one of the registry's own counters by family says.
    func own(_ name: String, of family: String) -> Double? {
        let metric = self.family(name)?.metrics.first { $0.labels == [LabelPair("family", family)] }
        guard case .counter(let value)? = metric?.point else { return nil }
        return value
    }

    /// How many declarations were detached.
    var detachedCount: MetricPoint? { point(of: "vernier_detached_metrics") }
}

extension MetricFamilySnapshot {
    /// The label values of each metric.
    var labelValues: [[String]] { metrics.map { $0.labels.map(\.value) } }
}

extension HistogramPoint {
    /// The cumulative counts.
    var counts: [UInt64] { buckets.map(\.cumulativeCount) }
}

extension Cell {
    /// All exemplars of a cell; empty when there is none.
    var exemplars: [Exemplar?] {
        var exemplars: [Exemplar?] = []
        readExemplars(into: &exemplars)
        return exemplars
    }
}

extension SeriesStore {
    /// Lets the removals so far be older than they are.
    func ageRemovals(by nanoseconds: UInt64) {
        state.withLock { state in
            for index in state.resting.indices { state.resting[index].since -= nanoseconds }
            for slot in state.removed.keys { state.removed[slot]? -= nanoseconds }
        }
    }

    /// Calls a closure with every series, without a sink, as a scrape that reaches its reader.
    func forEachSeries(
        _ body: (_ labels: Span<UInt8>, _ cell: Cell) -> Bool, pause: () throws -> Void
    ) rethrows {
        var none = 0
        confirm(
            reading: try forEachSeries(
                into: &none, { _, labels, cell, _ in body(labels, cell) }, pause: { _ in try pause() }))
    }

    /// The cell of a series that was there from the start.
    func fixedCell(_ slot: Int) -> Cell { Cell(fixedPlace(slot), shared) }

    /// How many slots were ever taken.
    var slotCount: Int { state.withLock { $0.slotCount } }

    /// How long the list of resting slots is.
    var restingCount: Int { state.withLock { $0.resting.count } }
}

/// Something that threads wait for and that stays open once it was opened.
final class Gate: Sendable {
    private let semaphore = Semaphore()

    func open() { semaphore.signal() }

    func wait(atMost timeout: Duration) {
        if semaphore.wait(until: .now + timeout) { semaphore.signal() }
    }
}

/// Runs a closure on a thread of its own; returns whether there was one.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = try? Thread(name: "test", body: body) else { return false }
    thread.detach()
    return true
}

/// Runs a closure on a thread of its own, where it may block without taking a thread from the tests beside it.
func offPool<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
        _ = startThread { continuation.resume(returning: body()) }
    }
}

/// Runs closures on threads of their own at once, until all are done.
func onThreads(_ count: Int, _ body: @escaping @Sendable (_ number: Int) -> Void) async {
    await withTaskGroup(of: Void.self) { group in
        for number in 0..<count { group.addTask { await offPool { body(number) } } }
    }
}

/// The UTF-8 bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The text of UTF-8 bytes.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// A value that several threads share.
final class Box<Value: Sendable>: Sendable {
    private let content: Lock<Value>

    init(_ value: Value) { content = Lock(value) }

    var value: Value { content.withLock { $0 } }

    func set(_ value: Value) { content.withLock { $0 = value } }

    @discardableResult
    func change<R: Sendable>(_ body: (inout Value) -> R) -> R { content.withLock { body(&$0) } }
}
