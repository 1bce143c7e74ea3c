public import Vernier

/// Measures calls of models that generate text: tokens, time to the first one, time for each further one, whole calls and their errors.
///
/// ```swift
/// let generative = GenerativeMetrics(provider: "local")
/// let answers = generative.call(.chat, model: "small", feature: "ask")
/// for try await token in model.stream(prompt).metered(by: answers, inputTokens: prompt.count) { show(token) }
/// ```
///
/// The names, labels and buckets are those of OpenTelemetry's conventions for generative AI (in development there), with the label `feature`
/// for the part of the program that calls. All families have the labels `gen_ai_operation_name`, `gen_ai_provider_name`,
/// `gen_ai_request_model` and `feature`, which is missing when it is empty:
/// - `gen_ai_client_operation_duration_seconds{error_type}`: how long calls take; `error_type` is missing when all went well, `cancelled`
///   when the call was, `abandoned` when who asked stopped listening, and otherwise the class of the error;
/// - `gen_ai_client_token_usage{gen_ai_token_type}`: tokens of a call, `input` and `output`, where they are known; a call that failed without
///   a token has no output;
/// - `gen_ai_server_time_to_first_token_seconds`: from the request to the first token, of streams that went well;
/// - `gen_ai_server_time_per_output_token_seconds`: the rest of the time divided by the number of further tokens, of streams that went well.
///
/// So what a router in front of models wants is in the first two: requests are the duration's count by model and feature, errors that count
/// where there is an `error_type`, tokens the usage's sum.
public struct GenerativeMetrics: Sendable {
    let provider: String
    let durations: HistogramFamily<GenerativeLabels>
    let tokens: HistogramFamily<GenerativeLabels>
    let firstToken: HistogramFamily<GenerativeLabels>
    let perToken: HistogramFamily<GenerativeLabels>

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - provider: who runs the models, such as `openai`; sets with different providers share the families.
    ///   - native: native buckets beside those of the conventions, if wanted; the same in all sets of a registry, which otherwise clash.
    ///   - limit: how many combinations of provider, operation, model and feature there are at most; the others share a series.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        provider: String, native: NativeBuckets? = nil, limit: Int = 500, exemplars: ExemplarSampling = .automatic,
        registry: Registry = .current
    ) {
        self.provider = provider
        let limit = min(max(limit, 1), 100_000)
        durations = HistogramFamily(
            "gen_ai_client_operation_duration", unit: .seconds, help: "How long a call of a generative model takes.",
            buckets: .generativeDurations, native: native, labels: GenerativeLabels("error_type"), limit: limit * 10,
            exemplars: exemplars, registry: registry)
        tokens = HistogramFamily(
            "gen_ai_client_token_usage", help: "Tokens that a call of a generative model takes and gives.",
            buckets: .tokenCounts, native: native, labels: GenerativeLabels("gen_ai_token_type"), limit: limit * 2,
            registry: registry)
        firstToken = HistogramFamily(
            "gen_ai_server_time_to_first_token", unit: .seconds, help: "Time from a request to the first token.",
            buckets: .firstToken, native: native, labels: GenerativeLabels(nil), limit: limit, exemplars: exemplars,
            registry: registry)
        perToken = HistogramFamily(
            "gen_ai_server_time_per_output_token", unit: .seconds, help: "Time for each token after the first.",
            buckets: .perToken, native: native, labels: GenerativeLabels(nil), limit: limit, registry: registry)
    }

    /// Calls of one kind, with their series: to be kept, or to be asked for at each call.
    ///
    /// - Parameters:
    ///   - operation: what the model is asked to do.
    ///   - model: which model is asked.
    ///   - feature: the part of the program that asks; empty for none.
    /// - Complexity: looks five series up and makes those that are not there.
    public func call(_ operation: GenerativeOperation, model: String, feature: String = "") -> GenerativeCall {
        GenerativeCall(self, .init(operation: operation, provider: provider), model, feature)
    }
}

/// Calls of generative models that have operation, provider, model and feature in common.
public struct GenerativeCall: Sendable {
    let origin: GenerativeLabels.Origin
    let model: String
    let feature: String
    let durations: HistogramFamily<GenerativeLabels>
    let succeeded: Histogram
    let input: Histogram
    let output: Histogram
    let firstToken: Histogram
    let perToken: Histogram

    init(_ metrics: GenerativeMetrics, _ origin: GenerativeLabels.Origin, _ model: String, _ feature: String) {
        (self.origin, self.model, self.feature) = (origin, model, feature)
        durations = metrics.durations
        succeeded = durations[(origin, model, feature, "")]
        input = metrics.tokens[(origin, model, feature, "input")]
        output = metrics.tokens[(origin, model, feature, "output")]
        firstToken = metrics.firstToken[(origin, model, feature, "")]
        perToken = metrics.perToken[(origin, model, feature, "")]
    }

    /// Records how a call ended.
    func end(_ error: ErrorType?, duration: Duration) {
        guard let error else { return succeeded.observe(duration) }
        durations[(origin, model, feature, error.name)].observe(duration)
    }

    /// Calls a model that answers in one piece, and records the call and its tokens.
    ///
    /// - Parameters:
    ///   - usage: reads from the answer how many tokens it took and gave, where it says that.
    ///   - body: the call.
    /// - Throws: what the call throws, whose class becomes `error_type`.
    nonisolated(nonsending)
        public func measure<R, E: Error>(
            usage: (R) -> TokenUsage?, _ body: nonisolated(nonsending) () async throws(E) -> R
        ) async throws(E) -> R
    {
        let began = ContinuousClock.now
        do {
            let answer = try await body()
            end(nil, duration: ContinuousClock.now - began)
            let tokens = usage(answer)
            if let tokens = tokens?.input { input.observe(max(0, tokens)) }
            if let tokens = tokens?.output { output.observe(max(0, tokens)) }
            return answer
        } catch {
            end(WorkResult(thrown: error).errorType, duration: ContinuousClock.now - began)
            throw error
        }
    }

    /// Begins a call whose tokens come one after another; see ``Generation``.
    ///
    /// - Parameter inputTokens: how many tokens the prompt has, when that is known.
    public func start(inputTokens: Int? = nil) -> Generation { Generation(self, inputTokens) }
}

extension ErrorType {
    /// Who asked stopped listening before the end.
    public static let abandoned: ErrorType = "abandoned"
}

extension Buckets {
    /// From 10 milliseconds to 82 seconds, each twice the one before: calls of generative models (OpenTelemetry).
    public static let generativeDurations: Buckets = [
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ]
    /// From 1 to 67,108,864, each four times the one before: tokens of a call (OpenTelemetry).
    public static let tokenCounts: Buckets = .exponential(start: 1, factor: 4, count: 14)
    /// From a millisecond to 10 seconds: time to the first token (OpenTelemetry).
    public static let firstToken: Buckets = [
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]
    /// From 10 milliseconds to 2.5 seconds: time for each further token (OpenTelemetry).
    public static let perToken: Buckets = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5]
}
