public import Vernier

/// Measures the hooks that a program runs: how often and how they end, how long they take, which errors they end in, which run now.
///
/// ```swift
/// let hooks = HookMetrics(known: ["pre_tool_use", "post_tool_use"])
/// try await hooks.measure("pre_tool_use") { try await run(hook) }
/// ```
///
/// With the name `hook` the families are
/// - `hook_invocations_total{hook_type,status}`: runs that ended, by ``WorkStatus``;
/// - `hook_execution_seconds{hook_type}`: how long runs take, however they end;
/// - `hook_errors_total{hook_type,error_type}`: runs that failed or timed out, by the class of the error;
/// - `hook_last_execution_timestamp_seconds{hook_type}`: when the last run ended, 0 before that;
/// - `hook_running{hook_type}`: runs under way.
///
/// The duration is a histogram, whose p50, p90 and p99 a query finds for one process or many: `histogram_quantile(0.9, …)`. A host without
/// such a server asks for `quantiles` as well, which adds the summary `hook_execution_quantiles_seconds{hook_type,quantile}` at the cost of
/// some tens of kilobytes for each hook.
///
/// All hooks that are known have all their series from the start; with an enum as the hook's type that is all there are.
public struct HookMetrics<Hook: LabelValue>: Sendable {
    let invocations: CounterFamily<Labels2<Hook, WorkStatus>>
    let execution: HistogramFamily<Labels1<Hook>>
    let quantiles: SummaryFamily<Labels1<Hook>>?
    let lastExecution: GaugeFamily<Labels1<Hook>>
    let errors: CounterFamily<Labels2<Hook, ErrorType>>
    let running: UpDownCounterFamily<Labels1<Hook>>

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what their names begin with.
    ///   - known: hooks whose series should be there before they run.
    ///   - knownErrors: classes of errors that known hooks should have series for; `timeout` always has one.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets beside those, if wanted.
    ///   - quantiles: the quantiles of the summary; none for no summary.
    ///   - limit: how many hooks there are at most, where their type is open; the others go to one series.
    ///   - exemplars: where the exemplars of durations come from.
    ///   - registry: where to register them.
    public init(
        name: String = "hook", known: [Hook], knownErrors: [ErrorType] = [], buckets: Buckets = .hookDurations,
        native: NativeBuckets? = nil, quantiles: [Double] = [], limit: Int = 500,
        exemplars: ExemplarSampling = .automatic, registry: Registry = .current
    ) {
        let limit = min(max(limit, 1), 100_000)
        let hook = Label<Hook>("hook_type")
        invocations = CounterFamily(
            "\(name)_invocations", help: "Runs of hooks that ended, by status.",
            labels: .of(hook, Label<WorkStatus>("status")), limit: limit * WorkStatus.allCases.count,
            registry: registry)
        execution = HistogramFamily(
            "\(name)_execution", unit: .seconds, help: "How long a run of a hook takes.", buckets: buckets,
            native: native, labels: .of(hook), limit: limit, exemplars: exemplars, registry: registry)
        self.quantiles =
            quantiles.isEmpty
            ? nil
            : SummaryFamily(
                "\(name)_execution_quantiles", unit: .seconds, help: "How long a run of a hook takes, as quantiles.",
                quantiles: quantiles, labels: .of(hook), limit: limit, registry: registry)
        lastExecution = GaugeFamily(
            "\(name)_last_execution_timestamp", unit: .seconds, help: "When the last run of a hook ended.",
            labels: .of(hook), limit: limit, registry: registry)
        errors = CounterFamily(
            "\(name)_errors", help: "Runs of hooks that failed or timed out, by class of error.",
            labels: .of(hook, Label<ErrorType>("error_type")), limit: limit * 20, registry: registry)
        running = UpDownCounterFamily(
            "\(name)_running", help: "Runs of hooks under way.", labels: .of(hook), limit: limit, registry: registry)
        for hook in known { declare(hook, errors: knownErrors) }
    }

    /// Makes all series of a hook, such as one that a configuration names, so that they are on the page before it runs.
    public func declare(_ hook: Hook, errors types: [ErrorType] = []) {
        for status in WorkStatus.allCases { _ = invocations[hook, status] }
        for type in [.timeout] + types { _ = errors[hook, type] }
        _ = (execution[hook], lastExecution[hook], running[hook], quantiles?[hook])
    }

    /// Counts a run that failed before it began, as when there is no such program.
    public func fail(_ hook: Hook, as type: ErrorType) {
        note(.failure(type), of: hook)
    }

    /// Counts the end of a run.
    func note(_ result: WorkResult, of hook: Hook) {
        invocations[hook, WorkStatus(result)].increment()
        switch result {
        case .failure(let type): errors[hook, type].increment()
        case .timeout: errors[hook, .timeout].increment()
        case .success, .cancelled: break
        }
        lastExecution[hook].setToCurrentTime()
    }
}

extension HookMetrics where Hook: FiniteLabel {
    /// Declares the families for hooks that are the cases of an enum.
    ///
    /// ```swift
    /// enum Hook: String, FiniteLabel { case preToolUse = "pre_tool_use", postToolUse = "post_tool_use" }
    /// let hooks = HookMetrics(Hook.self)
    /// ```
    ///
    /// - Parameters:
    ///   - hooks: the enum.
    ///   - name: what their names begin with.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - quantiles: the quantiles of the summary; none for no summary.
    ///   - registry: where to register them.
    public init(
        _ hooks: Hook.Type, name: String = "hook", buckets: Buckets = .hookDurations, quantiles: [Double] = [],
        registry: Registry = .current
    ) {
        self.init(
            name: name, known: Array(Hook.allCases), buckets: buckets, quantiles: quantiles, registry: registry)
    }
}

extension Buckets {
    /// From a millisecond to a minute, for hooks, which may be a function or a program: 5 seconds is among them.
    public static let hookDurations: Buckets = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]
}
