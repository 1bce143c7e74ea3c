public import Vernier

/// Counts how satisfied users are with response times, by a target time T: up to T satisfied, up to 4 T tolerating, beyond that, or with an
/// error, frustrated.
///
/// ```swift
/// let checkout = Apdex("checkout", target: .milliseconds(500))
/// try await checkout.measure { try await pay() }
/// ```
///
/// With the name `checkout` the families are `checkout_apdex_requests_total{apdex_zone}` and the gauge `checkout_apdex_target_seconds`. The
/// score from 0 to 1 is the satisfied and half of the tolerating requests as a part of all (Apdex Alliance, "Application Performance Index",
/// 1.1), here of the last five minutes:
/// `(sum(rate(checkout_apdex_requests_total{apdex_zone="satisfied"}[5m])) + sum(rate(checkout_apdex_requests_total{apdex_zone="tolerating"}[5m])) / 2) / sum(rate(checkout_apdex_requests_total[5m]))`
public struct Apdex: Sendable {
    private let target: Duration
    private let satisfied: Counter
    private let tolerating: Counter
    private let frustrated: Counter

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what the requests are.
    ///   - target: T, the time up to which users are satisfied; one of zero or less satisfies nobody.
    ///   - registry: where to register them.
    public init(_ name: String, target: Duration, registry: Registry = .current) {
        self.target = target.bounded
        let requests = CounterFamily(
            "\(name)_apdex_requests", help: "Requests by how satisfied users are with the response time.",
            labels: .of(Label<ApdexZone>("apdex_zone")), registry: registry)
        satisfied = requests[.satisfied]
        tolerating = requests[.tolerating]
        frustrated = requests[.frustrated]
        Gauge(
            "\(name)_apdex_target", unit: .seconds, help: "Response time up to which users are satisfied.",
            registry: registry
        ).set(self.target)
    }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - duration: how long it took.
    ///   - isFailure: whether it ended in an error of the application, which is frustrating however fast.
    /// - Complexity: one atomic addition.
    public func record(_ duration: Duration, isFailure: Bool = false) {
        if isFailure {
            frustrated.increment()
        } else if duration <= target, target > .zero {
            satisfied.increment()
        } else if duration <= target * 4, target > .zero {
            tolerating.increment()
        } else {
            frustrated.increment()
        }
    }

    /// Runs a request and counts it; one that throws is frustrating, one that is cancelled does not count.
    nonisolated(nonsending)
        public func measure<R, E: Error>(_ body: nonisolated(nonsending) () async throws(E) -> R) async throws(E) -> R
    {
        let began = ContinuousClock.now
        do {
            let result = try await body()
            record(ContinuousClock.now - began)
            return result
        } catch {
            if WorkResult(thrown: error) != .cancelled { record(ContinuousClock.now - began, isFailure: true) }
            throw error
        }
    }

    /// The score of all requests so far, from 0 to 1, `nil` before there are any.
    ///
    /// A query finds it for any span of time; a ``GaugeFunction`` may show this one.
    public var score: Double? {
        let (good, fair, bad) = (satisfied.value, tolerating.value, frustrated.value)
        let all = good + fair + bad
        return all > 0 ? (good + fair / 2) / all : nil
    }
}

/// How satisfied a user is with a response time.
public enum ApdexZone: String, FiniteLabel {
    /// It took at most T.
    case satisfied
    /// It took at most 4 T.
    case tolerating
    /// It took longer, or failed.
    case frustrated
}
