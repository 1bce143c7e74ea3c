#if SwiftMetrics
    public import Vernier

    extension VernierMetricsFactory {
        /// Where metrics of swift-metrics go, and how they are shown.
        ///
        /// ```swift
        /// var configuration = VernierMetricsFactory.Configuration()
        /// configuration.buckets["jobs.duration"] = [0.1, 1, 10, 60]
        /// configuration.help["jobs.duration"] = "How long a job takes."
        /// MetricsSystem.bootstrap(VernierMetricsFactory(configuration))
        /// ```
        public struct Configuration: Sendable {
            /// What becomes of names that not every scraper reads.
            public enum Names: Sendable, Hashable {
                /// They become the nearest ones that all read: `http.server.requests` is `http_server_requests`.
                case repaired
                /// They stay, and pages write them in quotes or escaped, as the scraper asks (Prometheus, "Escaping schemes").
                case kept
            }

            /// The registry that shows them, beside its typed metrics.
            public var registry: Registry
            /// What becomes of names with dots and other characters.
            public var names = Names.repaired
            /// The upper bounds, in seconds, of the buckets of timers.
            public var timerBuckets = Buckets.default
            /// The upper bounds of the buckets of recorders that aggregate: 1, 4, 16, and so on to 16,777,216.
            public var recorderBuckets = Buckets.exponential(start: 1, factor: 4, count: 13)
            /// The upper bounds of the buckets of some, by the label that the metric is made with.
            public var buckets: [String: Buckets] = [:]
            /// Native buckets beside those, if wanted.
            public var native: NativeBuckets?
            /// What a metric means, by the label that it is made with; others are said to be reported through swift-metrics.
            public var help: [String: String] = [:]
            /// Where the exemplars of counters, timers and recorders come from.
            public var exemplars = ExemplarSampling.byHand
            /// How many sets of dimensions a label may have.
            ///
            /// What is beyond goes to one series with the label `overflow="__overflow__"`, and `vernier_overflowed_lookups_total` counts it. There goes what has a dimension whose name cannot be shown, too.
            public var seriesLimit = 10_000
            /// How many labels there may be; metrics of others work and are not exposed, and `vernier_swiftmetrics_refused_total` counts them.
            public var nameLimit = 2_000

            /// The default configuration.
            ///
            /// - Parameter registry: where the metrics go.
            public init(registry: Registry = .current) { self.registry = registry }
        }
    }
#endif
