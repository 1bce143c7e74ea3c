import Vernier

/// What a model's window shows at one moment.
struct ModelReading {
    let pairs: Int
    let errors: PredictionErrors?
    let pending: Int
    var expired = 0
    var displaced = 0
    var ratio: Double?
    var stability: Double?
}

/// Works out the figures of all models of a set.
struct ModelCollector: Collector {
    let name: String
    let models: ModelList

    func collect() -> [MetricFamilySnapshot] {
        let models = models.models.withLock { Array($0.values) }.sorted { $0.name < $1.name }
        let readings = models.map { (label: LabelPair("model", $0.name), reading: $0.read()) }
        func gauge(
            _ suffix: String, unit: String = "", _ help: String, _ value: (ModelReading) -> Double?
        ) -> MetricFamilySnapshot {
            MetricFamilySnapshot(
                "\(name)_\(suffix)", type: .gauge, unit: unit, help: help,
                metrics: readings.compactMap { label, reading in
                    value(reading).map { MetricSnapshot(labels: [label], .gauge($0)) }
                })
        }
        let dropped = readings.flatMap { label, reading in
            [(PendingDrop.expired, reading.expired), (.displaced, reading.displaced)].map { reason, count in
                MetricSnapshot(labels: [label, LabelPair("reason", reason.rawValue)], .counter(Double(count)))
            }
        }
        return [
            gauge("judged_predictions", "Predictions in the window of which the truth is known.") { Double($0.pairs) },
            gauge("mean_absolute_error", "Mean distance of predictions to the truth, over the window.") {
                $0.errors?.meanAbsolute
            },
            gauge("root_mean_squared_error", "Root of the mean squared distance to the truth, over the window.") {
                $0.errors?.rootMeanSquare
            },
            gauge("r2_score", "Part of the truth's variance that predictions explain, over the window.") {
                $0.errors?.determination
            },
            gauge(
                "mean_absolute_error_baseline_ratio", unit: "ratio",
                "Mean distance of predictions to the truth, divided by the baseline's."
            ) { $0.ratio },
            gauge("prediction_stability_index", "Population stability index of the predictions against the baseline.") {
                $0.stability
            },
            gauge("pending_predictions", "Predictions that wait for their truth.") { Double($0.pending) },
            MetricFamilySnapshot(
                "\(name)_pending_dropped", type: .counter, help: "Predictions that waited for their truth in vain.",
                metrics: dropped),
        ]
    }
}
