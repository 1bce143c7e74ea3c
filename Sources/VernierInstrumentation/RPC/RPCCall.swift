import Synchronization
import Vernier

/// A remote procedure call under way.
///
/// ```swift
/// let call = metrics.start("shop.Orders/Place")
/// defer { call.end(.ok) }
/// ```
///
/// Several tasks may use it at once: mostly one sends what another receives. A call that nobody holds any more, and that did not end, was
/// given up on: it counts as `CANCELLED`. Its duration refers to what the provider of exemplars names when it begins.
public final class RPCCall: Sendable {
    private let families: RPCMetrics.Families
    /// The method, as the label shows it.
    public let method: String
    private let began: ContinuousClock.Instant
    /// What the duration refers to: the call may end outside of the scope in which the provider would know.
    private let exemplar: ExemplarLabels?
    // Relaxed: each is a count on which nothing else depends.
    private let requests = Atomic(0)
    private let responses = Atomic(0)
    private let isEnded = Atomic(false)

    init(_ families: RPCMetrics.Families, method: String) {
        self.families = families
        self.method = method
        families.active[families.system, method].increment()
        exemplar = families.exemplars == .automatic ? ExemplarProvider.current?() : nil
        began = .now
    }

    deinit { end(.cancelled) }

    /// How long it has been under way.
    package var elapsed: Duration { ContinuousClock.now - began }

    /// Counts messages that the caller sent; a count below one is none.
    ///
    /// - Complexity: one atomic addition.
    public func addRequests(_ count: Int = 1) { requests.wrappingAdd(max(0, count), ordering: .relaxed) }

    /// Counts messages that the caller is sent; a count below one is none.
    ///
    /// - Complexity: one atomic addition.
    public func addResponses(_ count: Int = 1) { responses.wrappingAdd(max(0, count), ordering: .relaxed) }

    /// Records how the call ended; the first end counts, further ones do nothing.
    ///
    /// - Complexity: constant: a lookup and an observation in each family; no allocation for short names and no lock once the series exist.
    public func end(_ status: RPCStatus) {
        // Relaxed: one of several ends gets the turn, and the counts of messages are read as they are.
        guard !isEnded.exchange(true, ordering: .relaxed) else { return }
        let duration = ContinuousClock.now - began
        let system = families.system
        families.active[system, method].decrement()
        let isError = families.side == .client ? status != .ok : status.isErrorOfServer
        let durations = families.durations[system, method, status, isError ? status.rawValue : ""]
        if let exemplar {
            ExemplarProvider { exemplar }.withCurrent { durations.observe(duration) }
        } else {
            durations.observe(duration)
        }
        families.requests?[system, method].observe(max(0, requests.load(ordering: .relaxed)))
        families.responses?[system, method].observe(max(0, responses.load(ordering: .relaxed)))
    }
}
