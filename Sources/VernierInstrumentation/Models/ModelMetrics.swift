public import Vernier

/// Measures models that predict numbers: how often and how fast, how sure they are, how far from the truth, and whether they drift.
///
/// ```swift
/// let models = ModelMetrics()
/// let prices = models.model("price", baseline: ModelBaseline(meanAbsoluteError: 3.9, predictions: testSet.map(net.price)))
/// let answer = try await prices.predict(id: request.id) { try await net.predict(request) }
/// prices.judge(id: request.id, truth: 212)   // as soon as it is known
/// ```
///
/// With the name `model` the families, all with the label `model`, are
/// - `model_predictions_total`, `model_prediction_duration_seconds` and `model_prediction_errors_total{error_type}`: predictions made, the
///   time of each try, and tries that failed; a prediction that is infinite or no number counts as one and as the error `not_finite`;
/// - `model_prediction_confidence`: how sure the model was, from 0 to 1; what is outside of that is left out;
/// - `model_judgements_total{judgement}`: truths by what they were good for, see ``ModelJudgement``;
/// - `model_mean_absolute_error`, `model_root_mean_squared_error`, `model_r2_score` over the window: the last `window` predictions of which
///   the truth is known, `model_judged_predictions` of them; missing where they are not defined, as R² without variance is;
/// - `model_mean_absolute_error_baseline_ratio`: that error divided by the baseline's; above 1.2 a model is more than 20 % worse;
/// - `model_prediction_stability_index`: how the last `window` predictions are spread against the baseline's, see
///   ``ModelBaseline/stabilityIndex(of:)``; missing where there are fewer than twenty predictions for each of the baseline's bins, in the
///   window or in the baseline, as few always look like drift: for deciles both have to have 200;
/// - `model_pending_predictions` and `model_pending_dropped_total{reason}`: predictions that wait for their truth, and that waited in vain;
/// - `model_last_updated_timestamp_seconds`: when there was a prediction or a truth, 0 before that.
///
/// What is worked out from the window is worked out when somebody asks. Sets with the same name and
/// registry are one: they share their models, and the limits of the first count.
public struct ModelMetrics: Sendable {
    /// How much is kept of each model.
    public struct Limits: Sendable, Hashable {
        /// How many predictions the window has.
        public var window = 1000
        /// How many predictions with an id are remembered, at most: the last ones, so that a truth has to come before so many further
        /// predictions, whether those wait or not.
        public var pending = 4096
        /// How long a prediction waits for its truth.
        public var pendingLifetime = Duration.seconds(86_400)
        /// How many models there are at most; what is beyond that counts as one, `__overflow__`.
        public var models = 100

        /// A window of a thousand, and a day for the truth of the last four thousand.
        public init() {}
    }

    let families: ModelFamilies
    let models: ModelList

    /// Declares the families.
    ///
    /// - Parameters:
    ///   - name: what their names begin with.
    ///   - buckets: the upper bounds of the duration's buckets, in seconds.
    ///   - native: native buckets of the duration beside those, if wanted.
    ///   - limits: how much is kept of each model.
    ///   - registry: where to register them.
    public init(
        name: String = "model", buckets: Buckets = .predictionDurations, native: NativeBuckets? = nil,
        limits: Limits = Limits(), registry: Registry = .current
    ) {
        families = ModelFamilies(name, buckets, native, limit: min(max(limits.models, 1), 10_000) + 1, registry)
        let (models, isNew) = ModelList.shared.find(name, of: registry) { ModelList(limits) }
        self.models = models
        if isNew { registry.register(ModelCollector(name: name, models: models)) }
    }

    /// The model of a name, with its series: made when it is first asked for, and to be kept.
    ///
    /// - Parameters:
    ///   - name: the model's name, one of few.
    ///   - baseline: what to compare it with; that of the first call counts.
    public func model(_ name: String, baseline: ModelBaseline? = nil) -> Model {
        let limits = models.limits
        let limit = min(max(limits.models, 1), 10_000)
        return models.models.withLock { models in
            if let model = models[name] { return model }
            let shown = models.count < limit ? name : "__overflow__"
            if let model = models[shown] { return model }
            let model = Model(shown, baseline, limits, families)
            models[shown] = model
            return model
        }
    }
}

/// What a truth was good for.
public enum ModelJudgement: String, FiniteLabel {
    /// It belonged to a prediction, which is in the window now.
    case matched
    /// There was no prediction with its id, or no longer.
    case unmatched
    /// It or its prediction was infinite or no number.
    case rejected
}

/// Why a prediction no longer waits for its truth.
public enum PendingDrop: String, FiniteLabel {
    /// It waited too long.
    case expired
    /// There was no room for it, or its id came again.
    case displaced
}

/// What a model says.
public struct ModelPrediction: Sendable, Hashable {
    /// The number that it predicts.
    public var value: Double
    /// How sure it is, from 0 to 1.
    public var confidence: Double?

    /// Makes a prediction.
    public init(_ value: Double, confidence: Double? = nil) {
        self.value = value
        self.confidence = confidence
    }
}

extension Buckets {
    /// From 100 microseconds to 10 seconds, for predictions: half a second is among them.
    public static let predictionDurations: Buckets = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ]
}

/// The families that models update.
struct ModelFamilies: Sendable {
    let predictions: CounterFamily<Labels1<String>>
    let durations: HistogramFamily<Labels1<String>>
    let errors: CounterFamily<Labels2<String, ErrorType>>
    let confidence: HistogramFamily<Labels1<String>>
    let judgements: CounterFamily<Labels2<String, ModelJudgement>>
    let lastUpdated: GaugeFamily<Labels1<String>>

    init(_ name: String, _ buckets: Buckets, _ native: NativeBuckets?, limit: Int, _ registry: Registry) {
        let model = Label<String>("model")
        predictions = CounterFamily(
            "\(name)_predictions", help: "Predictions made.", labels: .of(model), limit: limit, registry: registry)
        durations = HistogramFamily(
            "\(name)_prediction_duration", unit: .seconds, help: "How long a prediction takes.", buckets: buckets,
            native: native, labels: .of(model), limit: limit, registry: registry)
        errors = CounterFamily(
            "\(name)_prediction_errors", help: "Predictions that failed, by class of error.",
            labels: .of(model, Label<ErrorType>("error_type")), limit: limit * 20, registry: registry)
        confidence = HistogramFamily(
            "\(name)_prediction_confidence", help: "How sure a model was of a prediction.", buckets: .relevance,
            labels: .of(model), limit: limit, registry: registry)
        judgements = CounterFamily(
            "\(name)_judgements", help: "Truths that became known, by what they were good for.",
            labels: .of(model, Label<ModelJudgement>("judgement")), limit: limit * ModelJudgement.allCases.count,
            registry: registry)
        lastUpdated = GaugeFamily(
            "\(name)_last_updated_timestamp", unit: .seconds, help: "When there was a prediction or a truth.",
            labels: .of(model), limit: limit, registry: registry)
    }
}

/// The models of a set by name.
final class ModelList: Sendable {
    /// Those of all registries.
    static let shared = SharedByName<ModelList>()

    let limits: ModelMetrics.Limits
    let models = Lock<[String: ModelMetrics.Model]>([:])

    init(_ limits: ModelMetrics.Limits) { self.limits = limits }
}
