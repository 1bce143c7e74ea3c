import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@testable import model_api

struct PredictionsTests {
    private let registry = Registry()
    private let predictions: Predictions

    init() throws {
        predictions = try Predictions(seed: 1, cacheCapacity: 3, metrics: ModelAPIMetrics(registry: registry))
    }

    private func value(_ name: String, _ labels: [String: String]) -> Double? {
        registry.value(of: name, labels: labels)
    }

    @Test func `a scan that was asked for before is not predicted again`() throws {
        let scan = Scan(symbols: 500, days: 100, filters: 2)
        let first = try predictions.predict(.result, scan)
        let second = try predictions.predict(.result, scan)
        #expect(!first.isCached && second.isCached)
        #expect(first.value == second.value && first.confidence == second.confidence)
        #expect(first.id != second.id)
        #expect(value("cache_hits_total", ["cache": "predictions"]) == 1)
        #expect(value("cache_misses_total", ["cache": "predictions"]) == 1)
        #expect(value("model_predictions_total", ["model": "result"]) == 2)
        // The other model knows nothing of it.
        #expect(try !predictions.predict(.duration, scan).isCached)
    }

    @Test func `the cache lets go of what was not used for the longest time`() throws {
        for symbols in [1.0, 2, 3, 4, 5] {
            _ = try predictions.predict(.result, Scan(symbols: symbols, days: 30, filters: 0))
        }
        #expect(value("cache_evictions_total", ["cache": "predictions", "reason": "capacity"]) == 2)
        #expect(value("cache_entries", ["cache": "predictions"]) == 3)
    }

    @Test func `errors against the truth are those that were told`() throws {
        for (index, error) in [3.0, -5, 1, -1].enumerated() {
            let scan = Scan(symbols: Double(200 * (index + 1)), days: 100, filters: 1)
            let prediction = try predictions.predict(.result, scan)
            let truth = Truth(model: .result, id: prediction.id, value: prediction.value + error)
            #expect(predictions.judge(truth) == .matched)
            #expect(predictions.judge(truth) == .unmatched)
        }
        let found = try #require(value("model_mean_absolute_error", ["model": "result"]))
        #expect(abs(found - 2.5) < 1e-9)
        #expect(value("model_judged_predictions", ["model": "result"]) == 4)
    }

    @Test(arguments: Target.allCases) func `scans that it has not seen are predicted as well as the baseline`(
        target: Target
    ) throws {
        for finished in FinishedScan.made(300, seed: 77) {
            let prediction = try predictions.predict(target, finished.scan)
            _ = predictions.judge(Truth(model: target, id: prediction.id, value: target.truth(of: finished)))
        }
        let model = ["model": target.rawValue]
        #expect(try #require(value("model_r2_score", model)) > 0.9)
        #expect(try #require(value("model_mean_absolute_error_baseline_ratio", model)) < 1.2)
        #expect(try #require(value("model_prediction_stability_index", model)) < 0.25)
        // A market that has changed is seen.
        for finished in FinishedScan.made(500, seed: 78) {
            let prediction = try predictions.predict(target, finished.scan)
            _ = predictions.judge(Truth(model: target, id: prediction.id, value: 2 * target.truth(of: finished)))
        }
        #expect(try #require(value("model_mean_absolute_error_baseline_ratio", model)) > 1.2)
    }
}
