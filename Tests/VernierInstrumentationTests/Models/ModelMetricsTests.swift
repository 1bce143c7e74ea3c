import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite struct ModelMetricsTests {
    private func limits(window: Int = 1000, pending: Int = 100) -> ModelMetrics.Limits {
        var limits = ModelMetrics.Limits()
        limits.window = window
        limits.pending = pending
        return limits
    }

    @Test func `predictions are counted, timed and judged by confidence`() async throws {
        let registry = Registry()
        let price = ModelMetrics(registry: registry).model("price")
        #expect(price.predict { ModelPrediction(5, confidence: 0.75) }.value == 5)
        #expect(await price.predict { () async in ModelPrediction(6) }.value == 6)
        #expect(throws: Trouble.self) { try price.predict { () throws in throw Trouble() } }
        #expect(await registry.values("model_predictions") == ["price": 2])
        #expect(await registry.values("model_prediction_duration_seconds") == ["price": 3])
        #expect(await registry.values("model_prediction_errors") == ["price/Trouble": 1])
        for sure in [-1, 1.01, .infinity, .nan] { _ = price.predict { ModelPrediction(7, confidence: sure) } }
        let confidence = await registry.gather(timeout: .seconds(300)).metric(
            of: "model_prediction_confidence", labels: ["model": "price"])
        #expect(confidence?.histogram?.sum == 0.75)
        #expect(await registry.values("model_prediction_confidence") == ["price": 1])
        #expect(await registry.values("model_last_updated_timestamp_seconds")["price"] ?? 0 > 1e9)
    }

    @Test func `truth may come later, by id`() async {
        let registry = Registry()
        let models = ModelMetrics(registry: registry)
        let price = models.model("price")
        for (id, value) in [("a", 1.0), ("b", 2), ("c", 4)] {
            price.record(ModelPrediction(value), id: id, duration: .milliseconds(1))
        }
        #expect(await registry.values("model_pending_predictions") == ["price": 3])
        #expect(await registry.values("model_mean_absolute_error") == [:])
        #expect(price.judge(id: "a", truth: 2) == .matched)
        #expect(price.judge(id: "a", truth: 2) == .unmatched)
        #expect(price.judge(id: "b", truth: 5) == .matched)
        #expect(price.judge(id: "c", truth: .nan) == .rejected)
        #expect(await registry.values("model_pending_predictions") == ["price": 1])
        price.record(ModelPrediction(.nan), id: "c", duration: .zero)
        #expect(price.judge(id: "c", truth: 4) == .rejected)
        #expect(await registry.values("model_pending_predictions") == ["price": 0])
        #expect(await registry.values("model_judged_predictions") == ["price": 2])
        #expect(await registry.values("model_mean_absolute_error") == ["price": 2])
        #expect(await registry.values("model_root_mean_squared_error")["price"] == 5.0.squareRoot())
        let r2 = await registry.values("model_r2_score")["price"] ?? 0
        #expect(abs(r2 - (1 - 10 / 4.5)) < 1e-12)
        #expect(
            await registry.values("model_judgements") == [
                "price/matched": 2, "price/unmatched": 1, "price/rejected": 2,
            ])
    }

    @Test func `the window slides`() async {
        let registry = Registry()
        let price = ModelMetrics(limits: limits(window: 10), registry: registry).model("price")
        for error in 0..<100 { price.judge(Double(error), truth: 0) }
        #expect(await registry.values("model_judged_predictions") == ["price": 10])
        #expect(await registry.values("model_mean_absolute_error") == ["price": 94.5])
        for _ in 0..<10 { price.judge(3, truth: 3) }
        #expect(await registry.values("model_mean_absolute_error") == ["price": 0])
    }

    @Test func `what is no number does not stay in any figure`() async {
        let registry = Registry()
        let baseline = ModelBaseline(meanAbsoluteError: 1, predictions: (0..<200).map(Double.init))
        let price = ModelMetrics(registry: registry).model("price", baseline: baseline)
        for bad in [Double.nan, .infinity, -.infinity] {
            price.record(ModelPrediction(bad, confidence: bad), id: "bad", duration: .zero)
            price.judge(bad, truth: 1)
            price.judge(1, truth: bad)
        }
        price.judge(.greatestFiniteMagnitude, truth: -.greatestFiniteMagnitude)
        for number in 0..<200 {
            price.record(ModelPrediction(Double(number), confidence: 0.5), duration: .zero)
            price.judge(Double(number), truth: Double(number) + 1)
        }
        #expect(await registry.values("model_mean_absolute_error") == ["price": 1])
        #expect(await registry.values("model_root_mean_squared_error") == ["price": 1])
        #expect(await registry.values("model_mean_absolute_error_baseline_ratio") == ["price": 1])
        #expect(await registry.values("model_prediction_stability_index") == ["price": 0])
        #expect(await registry.values("model_prediction_errors") == ["price/not_finite": 3])
        #expect(await registry.values("model_judgements")["price/rejected"] == 7)
        #expect(await registry.values("model_pending_predictions") == ["price": 1])
        #expect(price.judge(id: "bad", truth: 1) == .rejected)
        #expect(await registry.values("model_pending_predictions") == ["price": 0])
        let sum = await registry.gather(timeout: .seconds(300)).value(
            of: "model_prediction_confidence_sum", labels: ["model": "price"])
        #expect(sum == 100)
    }

    @Test func `a model that gets worse is seen against its baseline`() async {
        let registry = Registry()
        let models = ModelMetrics(limits: limits(window: 200), registry: registry)
        let price = models.model("price")
        var generator = SplitMix(state: 2)
        func run(shift: Double) {
            for _ in 0..<200 {
                let truth = 10 * generator.unit()
                let prediction = truth + shift + generator.unit() - 0.5
                price.record(ModelPrediction(prediction), duration: .zero)
                price.judge(prediction, truth: truth)
            }
        }
        run(shift: 0)
        #expect(await registry.values("model_mean_absolute_error_baseline_ratio") == [:])
        let baseline = price.takeBaseline()
        #expect(baseline.counts.reduce(0, +) == 200)
        #expect(await registry.values("model_mean_absolute_error_baseline_ratio") == ["price": 1])
        #expect(await registry.values("model_prediction_stability_index") == ["price": 0])
        run(shift: 5)
        #expect(await registry.values("model_mean_absolute_error_baseline_ratio")["price"] ?? 0 > 1.2)
        #expect(await registry.values("model_prediction_stability_index")["price"] ?? 0 > 0.25)
        price.setBaseline(nil)
        #expect(await registry.values("model_prediction_stability_index") == [:])
    }

    @Test func `few predictions show no drift`() async {
        let registry = Registry()
        let baseline = ModelBaseline(predictions: (0..<200).map(Double.init))
        let price = ModelMetrics(registry: registry).model("price", baseline: baseline)
        for _ in 0..<199 { price.record(ModelPrediction(5), duration: .zero) }
        #expect(await registry.values("model_prediction_stability_index") == [:])
        price.record(ModelPrediction(5), duration: .zero)
        #expect(await registry.values("model_prediction_stability_index")["price"] ?? 0 > 0.25)
        price.setBaseline(ModelBaseline(predictions: (0..<199).map(Double.init)))
        #expect(await registry.values("model_prediction_stability_index") == [:])
    }

    @Test func `what is spread as ever is no drift, in as few predictions as may be`() async throws {
        let registry = Registry()
        var generator = SplitMix(state: 9)
        for number in 0..<50 {
            let baseline = ModelBaseline(predictions: (0..<200).map { _ in generator.normal() })
            let price = ModelMetrics(registry: registry).model("\(number)", baseline: baseline)
            for _ in 0..<200 { price.record(ModelPrediction(generator.normal()), duration: .zero) }
        }
        let indices = await registry.values("model_prediction_stability_index")
        #expect(indices.count == 50 && indices.values.allSatisfy { $0 < 0.25 })
    }

    @Test func `sets of one name and registry are one`() async {
        let (registry, other) = (Registry(), Registry())
        let (first, second) = (ModelMetrics(registry: registry), ModelMetrics(registry: registry))
        #expect(first.model("price") === second.model("price"))
        #expect(ModelMetrics(registry: other).model("price") !== first.model("price"))
        #expect(ModelMetrics(name: "net", registry: registry).model("price") !== first.model("price"))
        second.model("rent").judge(1, truth: 2)
        #expect(await registry.values("model_mean_absolute_error") == ["rent": 1])
        #expect(await registry.values("vernier_collector_errors").values.allSatisfy { $0 == 0 })
    }

    @Test func `predictions wait in bounded room`() async {
        let registry = Registry()
        let price = ModelMetrics(limits: limits(pending: 50), registry: registry).model("price")
        for number in 0..<1000 { price.record(ModelPrediction(1), id: "\(number)", duration: .zero) }
        #expect(await registry.values("model_pending_predictions") == ["price": 50])
        #expect(
            await registry.values("model_pending_dropped") == ["price/displaced": 950, "price/expired": 0])
        var brief = limits()
        brief.pendingLifetime = .zero
        let other = ModelMetrics(name: "other", limits: brief, registry: registry).model("price")
        other.record(ModelPrediction(1), id: "a", duration: .zero)
        #expect(other.judge(id: "a", truth: 1) == .unmatched)
        #expect(await registry.values("other_pending_dropped")["price/expired"] == 1)
        var many = brief
        (many.pending, many.pendingLifetime) = (5_000, .milliseconds(50))
        let third = ModelMetrics(name: "third", limits: many, registry: registry).model("price")
        for number in 0..<5_000 { third.record(ModelPrediction(1), id: "\(number)", duration: .zero) }
        try? await Task.sleep(for: .milliseconds(60))
        #expect(await registry.values("third_pending_predictions") == ["price": 0])
        #expect(
            await registry.values("third_pending_dropped") == ["price/expired": 5_000, "price/displaced": 0])
    }

    @Test func `a name is one model, and too many names are one too`() async {
        let registry = Registry()
        var few = limits()
        few.models = 2
        let models = ModelMetrics(limits: few, registry: registry)
        #expect(models.model("a") === models.model("a"))
        for name in ["a", "b", "c", "d"] { models.model(name).record(ModelPrediction(1), duration: .zero) }
        #expect(await registry.values("model_predictions") == ["a": 1, "b": 1, "__overflow__": 2])
        #expect(await registry.values("model_judged_predictions").count == 3)
    }

    @Test func `many threads predict and judge at once`() async {
        let registry = Registry()
        let price = ModelMetrics(limits: limits(window: 64, pending: 10_000), registry: registry).model("price")
        await withTaskGroup(of: Int.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var matched = 0
                    for number in 0..<500 {
                        let id = "\(worker)-\(number)"
                        price.record(ModelPrediction(2), id: id, duration: .zero)
                        if price.judge(id: id, truth: 1) == .matched { matched += 1 }
                    }
                    return matched
                }
            }
            group.addTask {
                for _ in 0..<20 { _ = await registry.values("model_mean_absolute_error") }
                return 0
            }
            #expect(await group.reduce(0, +) == 2000)
        }
        #expect(await registry.values("model_mean_absolute_error") == ["price": 1])
        #expect(await registry.values("model_judgements")["price/matched"] == 2000)
    }

    @Test func `names keep to the habits`() async {
        let registry = Registry()
        let price = ModelMetrics(registry: registry).model(
            "price", baseline: ModelBaseline(meanAbsoluteError: 1, predictions: [1, 2, 3]))
        price.record(ModelPrediction(.nan), duration: .zero)
        for truth in [1.0, 2] {
            price.record(ModelPrediction(truth, confidence: 0.5), duration: .zero)
            price.judge(truth, truth: truth)
        }
        #expect(await registry.lintProblems() == [])
    }
}
