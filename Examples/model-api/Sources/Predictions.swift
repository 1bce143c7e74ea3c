import ExampleSupport
import Hummingbird
import Synchronization
import Vernier
import VernierInstrumentation

/// What is predicted about a scan.
enum Target: String, CaseIterable, Codable, Sendable {
    /// How many results it finds.
    case result
    /// How many seconds it takes.
    case duration

    func truth(of scan: FinishedScan) -> Double {
        switch self {
        case .result: scan.results
        case .duration: scan.seconds
        }
    }
}

/// What a client gets.
struct Prediction: ResponseCodable, Sendable {
    /// What the truth is told with.
    var id: String
    var value: Double
    var confidence: Double
    /// Whether the same scan was asked for before, so that no model had to work.
    var isCached: Bool
}

/// What a client tells when a scan has ended: the prediction that it belongs to, and what came of it.
struct Truth: Codable, Sendable {
    var model: Target
    var id: String
    var value: Double
}

/// Predicts with models that were fitted when the program started, and judges them by truths that come later.
final class Predictions: Sendable {
    /// A model that was fitted, how good it was then, and what measures it from now on.
    struct Fitted: Sendable {
        let predictor: any Predictor
        let accuracy: Accuracy
        let metrics: ModelMetrics.Model
    }

    private struct Question: Hashable {
        var target: Target
        var scan: Scan
    }

    let models: [Target: Fitted]
    let metrics: ModelAPIMetrics
    private let cache: Mutex<LeastRecentlyUsed<Question, Estimate>>
    private let last = Atomic<Int>(0)

    /// There were too few examples for a model.
    struct Unfitted: Error {}

    /// Fits both models to 1,600 scans and tries them on 400 others, which are the baseline of their metrics.
    init(seed: UInt64, cacheCapacity: Int, metrics: ModelAPIMetrics) throws {
        let scans = FinishedScan.made(2_000, seed: seed)
        models = try Dictionary(
            uniqueKeysWithValues: Target.allCases.map { target in
                let examples = scans.map { (scan: $0.scan, truth: target.truth(of: $0)) }
                let (known, others) = (Array(examples.prefix(1_600)), Array(examples.dropFirst(1_600)))
                let fitted: (any Predictor)? =
                    switch target {
                    case .result: LeastSquares(known)
                    case .duration: NearestNeighbours(known)
                    }
                guard let fitted else { throw Unfitted() }
                let accuracy = Accuracy(of: fitted, on: others)
                let baseline = ModelBaseline(
                    meanAbsoluteError: accuracy.meanAbsoluteError,
                    predictions: others.map { fitted.estimate($0.scan).value })
                let model = metrics.models.model(target.rawValue, baseline: baseline)
                return (target, Fitted(predictor: fitted, accuracy: accuracy, metrics: model))
            })
        cache = Mutex(LeastRecentlyUsed(capacity: cacheCapacity))
        self.metrics = metrics
    }

    /// Predicts one figure of a scan.
    func predict(_ target: Target, _ scan: Scan) throws -> Prediction {
        guard let model = models[target] else { throw Unfitted() }
        let question = Question(target: target, scan: scan)
        let id = "\(target.rawValue)-\(last.add(1, ordering: .relaxed).newValue)"
        var isCached = true
        let prediction = model.metrics.predict(id: id) {
            let known = metrics.cache.lookup { cache.withLock { $0.value(for: question) } }
            isCached = known != nil
            let estimate = known ?? metrics.cache.measureLoad { model.predictor.estimate(scan) }
            if known == nil { keep(estimate, for: question) }
            return ModelPrediction(estimate.value, confidence: estimate.confidence)
        }
        return Prediction(
            id: id, value: prediction.value, confidence: prediction.confidence ?? 0, isCached: isCached)
    }

    /// Takes a truth; anything but `matched` is of no use, mostly as its prediction was judged already or is forgotten.
    func judge(_ truth: Truth) -> ModelJudgement {
        models[truth.model]?.metrics.judge(id: truth.id, truth: truth.value) ?? .unmatched
    }

    private func keep(_ estimate: Estimate, for question: Question) {
        let (hasEvicted, count) = cache.withLock { ($0.store(estimate, for: question) != nil, $0.count) }
        if hasEvicted { metrics.cache.evicted(.capacity) }
        metrics.cache.set(
            bytes: count * (MemoryLayout<Question>.stride + MemoryLayout<Estimate>.stride), entries: count)
    }
}
