public import Vernier

/// What remote procedure calls are measured with, under OpenTelemetry's names in Prometheus' style.
///
/// ```swift
/// let metrics = RPCMetrics(.server)
/// let call = metrics.start("shop.Orders/Place")
/// call.addRequests()
/// call.addResponses()
/// call.end(.ok)
/// ```
///
/// | Family | Labels |
/// |---|---|
/// | `rpc_server_call_duration_seconds` | `rpc_system_name`, `rpc_method`, `rpc_response_status_code`, `error_type` |
/// | `rpc_server_requests_per_call` | `rpc_system_name`, `rpc_method` |
/// | `rpc_server_responses_per_call` | the same |
/// | `rpc_server_active_calls` | the same |
///
/// A client's families have `client` in place of `server`. The duration and its labels are those of the semantic conventions, "RPC metrics";
/// the others have no name there. `error_type` is the status where the side counts it as an error, and empty otherwise, which Prometheus
/// takes for no label: on a client every status but `OK`, on a server those that are no fault or wish of the caller.
///
/// Copies are cheap and count together; so do those that are made with the same registry.
public struct RPCMetrics: Sendable {
    /// Who measures.
    public enum Side: String, Sendable {
        /// Who calls.
        case client
        /// Who is called.
        case server
    }

    /// The families, which each call refers to.
    final class Families: Sendable {
        let side: Side
        let system: String
        let exemplars: ExemplarSampling
        let durations: HistogramFamily<Labels4<String, String, RPCStatus, String>>
        let requests: HistogramFamily<Labels2<String, String>>?
        let responses: HistogramFamily<Labels2<String, String>>?
        let active: UpDownCounterFamily<Labels2<String, String>>

        init(
            _ side: Side, _ system: String, _ buckets: Buckets, _ native: NativeBuckets?, messages: Bool, limit: Int,
            _ exemplars: ExemplarSampling, _ registry: Registry
        ) {
            self.side = side
            self.system = system
            self.exemplars = exemplars
            let labels = Labels2(Label<String>("rpc_system_name"), Label<String>("rpc_method"))
            func counts(_ kind: String) -> HistogramFamily<Labels2<String, String>>? {
                guard messages else { return nil }
                return HistogramFamily(
                    "rpc_\(side)_\(kind)_per_call", help: "Messages that are \(kind) of one remote procedure call.",
                    buckets: .messagesPerCall, labels: labels, limit: limit, registry: registry)
            }
            durations = HistogramFamily(
                "rpc_\(side)_call_duration", unit: .seconds,
                help: "Time from the start of a remote procedure call to its status.", buckets: buckets, native: native,
                labels: .of(
                    Label<String>("rpc_system_name"), Label<String>("rpc_method"),
                    Label<RPCStatus>("rpc_response_status_code"), Label<String>("error_type")), limit: limit,
                exemplars: exemplars, registry: registry)
            requests = counts("requests")
            responses = counts("responses")
            active = UpDownCounterFamily(
                "rpc_\(side)_active_calls", help: "Remote procedure calls under way now.", labels: labels,
                limit: limit, registry: registry)
        }
    }

    private let families: Families

    /// How many series each family has at most, unless its declaration says otherwise.
    public static let defaultLimit = 2_000

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - side: who measures.
    ///   - system: the value of `rpc_system_name`.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - messages: whether the messages of each call are counted.
    ///   - limit: how many series each family has at most; methods beyond that share one series, whose labels say `__overflow__`.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        _ side: Side, system: String = "grpc", buckets: Buckets = .rpcDurations, native: NativeBuckets? = nil,
        messages: Bool = true, limit: Int = RPCMetrics.defaultLimit, exemplars: ExemplarSampling = .automatic,
        registry: Registry = .current
    ) {
        families = Families(
            side, system, buckets, native, messages: messages, limit: limit, exemplars, registry)
    }

    /// Begins a call, which is active until it ends or nobody holds it any more.
    ///
    /// - Parameter method: service and method, `shop.Orders/Place`; `nil` for one that the server does not have, which is shown as
    ///   `_OTHER`: a name that a stranger made up should not become a series.
    /// - Complexity: a lookup, an atomic addition, a look at the clock and one allocation; no lock once the series exists.
    public func start(_ method: String?) -> RPCCall {
        RPCCall(families, method: method ?? "_OTHER")
    }
}

extension Buckets {
    /// From 5 milliseconds to 10 seconds: the bounds that OpenTelemetry advises for the duration of calls.
    ///
    /// Semantic conventions, "RPC metrics".
    public static let rpcDurations: Buckets = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    /// From none to 10,000: how many messages go one way in a call.
    public static let messagesPerCall: Buckets = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000]
}
