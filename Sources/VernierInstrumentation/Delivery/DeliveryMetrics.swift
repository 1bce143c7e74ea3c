public import Vernier

/// Measures how software gets to its users: DORA's four keys, builds, tests.
///
/// ```swift
/// let delivery = DeliveryMetrics()
/// delivery.deployed(to: "production", .success, leadTimes: [.seconds(5_400)], component: "api")
/// delivery.changeFailed(in: "production", as: "rollback")
/// delivery.restored(after: .seconds(1_800), severity: "high", component: "api")
/// ```
///
/// The families are
/// - `deployments_total{environment,status}`: the deployment frequency is its rate;
/// - `deployment_lead_time_seconds{environment,component}`: from a commit to its deployment, each of those that came with it;
/// - `deployment_failures_total{environment,failure_type}`: deployments that had to be mended; divided by deployments, the change failure rate;
/// - `incident_recovery_time_seconds{severity,component}`: from the beginning of an incident to its end;
/// - `cicd_pipeline_run_duration_seconds{cicd_pipeline_name,cicd_pipeline_run_state,cicd_pipeline_result,error_type}`: builds, under
///   OpenTelemetry's name; the last label is missing when all went well;
/// - `test_results_total{test_suite_name,test_case_result_status}`: tests, with OpenTelemetry's labels, and `skip`;
/// - `test_coverage_ratio{test_suite_name}`: the part of the code that the last run covered.
///
/// All are in seconds, however long that is: the buckets reach from a minute to four weeks.
///
/// A series that appears with its first event makes queries miss it, as they see no increase from 0 to 1; what is rare, like a rollback, would
/// be missed mostly. So say what there may be (``Known``), and keep the set in a process that lives long, such as the one that pipelines
/// report to.
public struct DeliveryMetrics: Sendable {
    let deployments: CounterFamily<Labels2<String, DeploymentStatus>>
    let leadTime: HistogramFamily<Labels2<String, String>>
    let failures: CounterFamily<Labels2<String, ErrorType>>
    let recovery: HistogramFamily<Labels2<String, String>>
    let pipelines: HistogramFamily<Labels4<String, PipelineState, PipelineResult, String>>
    let tests: CounterFamily<Labels2<String, TestStatus>>
    let coverage: GaugeFamily<Labels1<String>>

    /// What there is from the start, with series that stand at 0.
    public struct Known: Sendable {
        /// Environments, such as `production`.
        public var environments: [String]
        /// How deployments fail, such as `rollback` and `hotfix`.
        public var failures: [ErrorType]
        /// How bad incidents are.
        public var severities: [String]
        /// What is deployed; by default the one that has no name.
        public var components: [String]
        /// Pipelines, whose runs succeed and fail.
        public var pipelines: [String]
        /// What the runs of pipelines fail with, where that is told; each is a series of its own.
        public var pipelineErrors: [ErrorType]
        /// Suites of tests.
        public var suites: [String]

        /// Names what there is.
        public init(
            environments: [String] = [], failures: [ErrorType] = [], severities: [String] = [],
            components: [String] = [""], pipelines: [String] = [], pipelineErrors: [ErrorType] = [],
            suites: [String] = []
        ) {
            self.environments = environments
            self.failures = failures
            self.severities = severities
            self.components = components
            self.pipelines = pipelines
            self.pipelineErrors = pipelineErrors
            self.suites = suites
        }
    }

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - known: what there is from the start.
    ///   - registry: where to register them.
    public init(known: Known = Known(), registry: Registry = .current) {
        let environment = Label<String>("environment")
        deployments = CounterFamily(
            "deployments", help: "Deployments by how they ended.",
            labels: .of(environment, Label<DeploymentStatus>("status")), limit: 1000, registry: registry)
        leadTime = HistogramFamily(
            "deployment_lead_time", unit: .seconds, help: "Time from a commit to its deployment.",
            buckets: .deliveryTimes, labels: .of(environment, Label<String>("component")), limit: 1000,
            registry: registry)
        failures = CounterFamily(
            "deployment_failures", help: "Deployments that had to be mended, by what happened.",
            labels: .of(environment, Label<ErrorType>("failure_type")), limit: 1000, registry: registry)
        recovery = HistogramFamily(
            "incident_recovery_time", unit: .seconds, help: "Time from the beginning of an incident to its end.",
            buckets: .deliveryTimes, labels: .of(Label<String>("severity"), Label<String>("component")), limit: 1000,
            registry: registry)
        pipelines = HistogramFamily(
            "cicd_pipeline_run_duration", unit: .seconds, help: "How long runs of pipelines take.",
            buckets: .pipelineTimes,
            labels: .of(
                Label<String>("cicd_pipeline_name"), Label<PipelineState>("cicd_pipeline_run_state"),
                Label<PipelineResult>("cicd_pipeline_result"), Label<String>("error_type")), limit: 2000,
            registry: registry)
        tests = CounterFamily(
            "test_results", help: "Tests by how they ended.",
            labels: .of(Label<String>("test_suite_name"), Label<TestStatus>("test_case_result_status")), limit: 3000,
            registry: registry)
        coverage = GaugeFamily(
            "test_coverage", unit: .ratio, help: "Part of the code that the last run covered.",
            labels: .of(Label<String>("test_suite_name")), limit: 1000, registry: registry)
        for environment in known.environments {
            for status in DeploymentStatus.allCases { _ = deployments[environment, status] }
            for failure in known.failures { _ = failures[environment, failure] }
            for component in known.components { _ = leadTime[environment, component] }
        }
        for severity in known.severities {
            for component in known.components { _ = recovery[severity, component] }
        }
        for pipeline in known.pipelines {
            _ = pipelines[pipeline, .executing, .success, ""]
            for error in [""] + known.pipelineErrors.map(\.name) {
                _ = pipelines[pipeline, .executing, .failure, error]
            }
        }
        for suite in known.suites {
            for status in TestStatus.allCases { _ = tests[suite, status] }
        }
    }

    /// Records a deployment.
    ///
    /// - Parameters:
    ///   - environment: where to, such as `production`.
    ///   - status: how it ended.
    ///   - leadTimes: the time from its commit to now, of each change that came with it; of a deployment that failed none is recorded.
    ///   - component: what was deployed.
    public func deployed(
        to environment: String, _ status: DeploymentStatus, leadTimes: [Duration] = [], component: String = ""
    ) {
        deployments[environment, status].increment()
        guard status == .success, !leadTimes.isEmpty else { return }
        let histogram = leadTime[environment, component]
        for leadTime in leadTimes { histogram.observe(leadTime) }
    }

    /// Records that a change that was deployed had to be mended: an incident, a rollback, a hotfix.
    public func changeFailed(in environment: String, as type: ErrorType) {
        failures[environment, type].increment()
    }

    /// Records that an incident is over.
    ///
    /// - Parameters:
    ///   - duration: the time from its beginning to now.
    ///   - severity: how bad it was, one of few.
    ///   - component: what was out of order.
    public func restored(after duration: Duration, severity: String, component: String = "") {
        recovery[severity, component].observe(duration)
    }

    /// Records a run of a pipeline, such as a build.
    ///
    /// - Parameters:
    ///   - pipeline: the pipeline's name.
    ///   - result: how the run ended.
    ///   - duration: how long it was in the state.
    ///   - state: which state, mostly that it ran.
    ///   - error: the class of the error of a run that failed.
    public func ran(
        _ pipeline: String, _ result: PipelineResult, duration: Duration, state: PipelineState = .executing,
        error: ErrorType? = nil
    ) {
        pipelines[pipeline, state, result, error?.name ?? ""].observe(duration)
    }

    /// Records a run of tests.
    ///
    /// - Parameters:
    ///   - suite: the name of the suite.
    ///   - coverage: the part of the code that was covered, from 0 to 1.
    public func tested(_ suite: String, passed: Int, failed: Int, skipped: Int = 0, coverage: Double? = nil) {
        tests[suite, .pass].increment(by: passed)
        tests[suite, .fail].increment(by: failed)
        tests[suite, .skip].increment(by: skipped)
        if let coverage { self.coverage[suite].set(coverage) }
    }
}

/// How a deployment ended.
public enum DeploymentStatus: String, FiniteLabel {
    /// It is there.
    case success
    /// It is not there.
    case failure
}

/// How a run of a pipeline ended (OpenTelemetry, attribute `cicd.pipeline.result`).
public enum PipelineResult: String, FiniteLabel {
    /// It did what it should.
    case success
    /// What it builds or tests is not in order.
    case failure
    /// The system that runs it is not in order.
    case error
    /// It took longer than it may.
    case timeout
    /// Somebody stopped it.
    case cancellation
    /// It did not have to run.
    case skip
}

/// The state that a run of a pipeline was in (OpenTelemetry, attribute `cicd.pipeline.run.state`).
public enum PipelineState: String, FiniteLabel {
    /// It waited for a place.
    case pending
    /// It ran.
    case executing
    /// It was being cleared away.
    case finalizing
}

/// How a test ended (OpenTelemetry, attribute `test.case.result.status`, and `skip`).
public enum TestStatus: String, FiniteLabel {
    /// It passed.
    case pass
    /// It failed.
    case fail
    /// It was left out.
    case skip
}

extension Buckets {
    /// From a minute to four weeks: lead times and recoveries.
    public static let deliveryTimes: Buckets = [
        60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800, 1_209_600, 2_419_200,
    ]
    /// From a second to two hours: builds.
    public static let pipelineTimes: Buckets = [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200]
}
