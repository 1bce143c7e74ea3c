import Vernier

extension ModelMetrics {
    /// One model: what it predicts and what turned out to be true.
    ///
    /// It is to be kept, and may be used from anywhere at once.
    public final class Model: Sendable {
        /// The model's name, which is its label.
        public let name: String
        private let predictions: Counter
        private let durations: Histogram
        private let errors: CounterFamily<Labels2<String, ErrorType>>
        private let confidence: Histogram
        private let matched: Counter
        private let unmatched: Counter
        private let rejected: Counter
        private let lastUpdated: Gauge
        private let state: Lock<State>

        private struct State {
            var pairs: Ring<PredictionErrors.Pair>
            var predictions: Ring<Double>
            var pending: PendingPredictions
            var baseline: ModelBaseline?
        }

        init(_ name: String, _ baseline: ModelBaseline?, _ limits: Limits, _ families: ModelFamilies) {
            self.name = name
            predictions = families.predictions[name]
            durations = families.durations[name]
            errors = families.errors
            confidence = families.confidence[name]
            matched = families.judgements[name, .matched]
            unmatched = families.judgements[name, .unmatched]
            rejected = families.judgements[name, .rejected]
            lastUpdated = families.lastUpdated[name]
            let window = min(max(limits.window, 1), 1_000_000)
            state = Lock(
                State(
                    pairs: Ring(capacity: window), predictions: Ring(capacity: window),
                    pending: PendingPredictions(
                        capacity: min(max(limits.pending, 1), 1_000_000), lifetime: limits.pendingLifetime.bounded),
                    baseline: baseline))
        }

        /// Lets the model predict, and records the prediction and how long it took.
        ///
        /// - Parameters:
        ///   - id: what its truth will come with, of at most 256 bytes; without an id it cannot be judged later.
        ///   - body: makes the prediction.
        /// - Throws: what the model throws, which is counted by its class.
        /// - Complexity: no allocation; takes the model's lock for a few instructions.
        public func predict<E: Error>(
            id: String? = nil, _ body: () throws(E) -> ModelPrediction
        ) throws(E) -> ModelPrediction {
            let began = ContinuousClock.now
            do {
                let prediction = try body()
                record(prediction, id: id, duration: ContinuousClock.now - began)
                return prediction
            } catch {
                fail(error, duration: ContinuousClock.now - began)
                throw error
            }
        }

        /// Lets the model predict asynchronously, and records the prediction and how long it took.
        nonisolated(nonsending)
            public func predict<E: Error>(
                id: String? = nil, _ body: nonisolated(nonsending) () async throws(E) -> ModelPrediction
            ) async throws(E) -> ModelPrediction
        {
            let began = ContinuousClock.now
            do {
                let prediction = try await body()
                record(prediction, id: id, duration: ContinuousClock.now - began)
                return prediction
            } catch {
                fail(error, duration: ContinuousClock.now - began)
                throw error
            }
        }

        /// Records a prediction that was timed elsewhere.
        public func record(_ prediction: ModelPrediction, id: String? = nil, duration: Duration) {
            predictions.increment()
            durations.observe(duration)
            if let sure = prediction.confidence, sure >= 0, sure <= 1 { confidence.observe(sure) }
            lastUpdated.setToCurrentTime()
            let value = prediction.value
            if !value.isFinite { errors[name, "not_finite"].increment() }
            let now = ContinuousClock.now
            state.withLock { state in
                if value.isFinite { state.predictions.append(value) }
                // What is no number waits too: it takes the place of an older one with its id, and its truth is rejected.
                if let id { state.pending.insert(id, value, now: now) }
            }
        }

        private func fail(_ error: any Error, duration: Duration) {
            durations.observe(duration)
            if let type = WorkResult(thrown: error).errorType { errors[name, type].increment() }
        }

        /// Says what turned out to be true of a prediction that was made with an id.
        ///
        /// A truth that is infinite or no number is rejected, and its prediction waits on.
        ///
        /// - Returns: whether the prediction is in the window now; otherwise it is not known, or no longer, or one of both is no number.
        @discardableResult
        public func judge(id: String, truth: Double) -> ModelJudgement {
            guard truth.isFinite else { return count(.rejected) }
            let now = ContinuousClock.now
            let judgement: ModelJudgement = state.withLock { state in
                guard let prediction = state.pending.take(id, now: now) else { return .unmatched }
                guard let pair = PredictionErrors.Pair(prediction: prediction, truth: truth) else { return .rejected }
                state.pairs.append(pair)
                return .matched
            }
            return count(judgement)
        }

        /// Says what turned out to be true of a prediction that is at hand.
        @discardableResult
        public func judge(_ prediction: Double, truth: Double) -> ModelJudgement {
            guard let pair = PredictionErrors.Pair(prediction: prediction, truth: truth) else {
                return count(.rejected)
            }
            state.withLock { $0.pairs.append(pair) }
            return count(.matched)
        }

        private func count(_ judgement: ModelJudgement) -> ModelJudgement {
            switch judgement {
            case .matched: matched.increment()
            case .unmatched: unmatched.increment()
            case .rejected: rejected.increment()
            }
            lastUpdated.setToCurrentTime()
            return judgement
        }

        /// Compares from now on with another baseline; `nil` for with none.
        public func setBaseline(_ baseline: ModelBaseline?) {
            state.withLock { $0.baseline = baseline }
        }

        /// Makes what is in the window now the baseline, as after a time in which the model is known to have done well.
        ///
        /// - Returns: the baseline.
        @discardableResult
        public func takeBaseline() -> ModelBaseline {
            let (pairs, predictions) = state.withLock { ($0.pairs.copy(), $0.predictions.copy()) }
            let baseline = ModelBaseline(
                meanAbsoluteError: PredictionErrors(pairs)?.meanAbsolute, predictions: predictions)
            setBaseline(baseline)
            return baseline
        }

        /// How many predictions for each bin there have to be, in the window and in the baseline, before they are compared.
        ///
        /// The index of *n* predictions that are spread as *m* of the baseline is about (bins - 1) · (1 / *n* + 1 / *m*): great without any drift
        /// where there are few, on either side. With ten for each of ten bins on both sides, every sixth window had an index above 0.25; with
        /// twenty one in a thousand has.
        private static let leastOfBin = 20

        /// What the window shows now.
        func read() -> ModelReading {
            let now = ContinuousClock.now
            // Who predicts gets the lock in between.
            while !state.withLock({ $0.pending.expire(now: now, atMost: 1_000) }) {}
            let (pairs, predictions, baseline, pending) = state.withLock { state in
                let pending = state.pending
                let figures = (count: pending.count, expired: pending.expired, displaced: pending.displaced)
                return (state.pairs.copy(), state.predictions.copy(), state.baseline, figures)
            }
            let errors = PredictionErrors(pairs)
            var reading = ModelReading(pairs: pairs.count, errors: errors, pending: pending.count)
            reading.expired = pending.expired
            reading.displaced = pending.displaced
            if let before = baseline?.meanAbsoluteError { reading.ratio = errors.map { $0.meanAbsolute / before } }
            let least = (baseline?.counts.count ?? 0) * Self.leastOfBin
            if let baseline, min(predictions.count, baseline.counts.reduce(0, +)) >= least {
                reading.stability = baseline.stabilityIndex(of: predictions)
            }
            return reading
        }
    }
}
