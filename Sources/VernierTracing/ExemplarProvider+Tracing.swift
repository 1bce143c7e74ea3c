#if Tracing
    public import Instrumentation
    public import Vernier

    extension ExemplarProvider {
        /// Which spans exemplars may refer to.
        public enum TracedSpans: Sendable, Hashable {
            /// Those that the tracer says it samples: an exemplar leads to a trace that a backend has.
            case sampled
            /// All with well-formed ids, those that no backend ever gets included.
            case all
        }

        /// Refers to the span of the current task: exemplars with `trace_id` and `span_id`, by themselves.
        ///
        /// ```swift
        /// ExemplarProvider.default = .tracing()
        /// let waits = Histogram("payment_wait", unit: .seconds, help: "Time to an answer.", exemplars: .automatic)
        /// ```
        ///
        /// swift-distributed-tracing knows contexts, but no ids. So the instrument is asked to write the current context into the header
        /// fields of a request, as it would for one to another service, and the ids are read from those: `traceparent` (W3C Trace Context,
        /// section 3.2), or else `b3` or `X-B3-TraceId` and its siblings (B3 propagation, as Zipkin has it). Ids that are not well-formed,
        /// and ids of zeros, give no exemplar.
        ///
        /// A metric with ``ExemplarSampling/automatic`` asks at most once a second for each counter and bucket, up to sixteen times while
        /// spans are not sampled, so that what an injection costs, a few allocations, is not paid by each update. Without a context in the task it is one look at a task-local value. An
        /// instrument that updates metrics while it injects must not update one that asks without an interval.
        ///
        /// - Parameters:
        ///   - spans: which spans may be referred to.
        ///   - instrument: whom to ask; by default, at each time, the one of the task (`withTracer`) or else the one that
        ///     `InstrumentationSystem` was bootstrapped with.
        public static func tracing(
            _ spans: TracedSpans = .sampled, instrument: (any Instrumentation.Instrument)? = nil
        ) -> ExemplarProvider {
            ExemplarProvider {
                guard let context = InstrumentationContext.current else { return nil }
                var fields = TraceFields()
                (instrument ?? InstrumentationSystem.instrument).inject(
                    context, into: &fields, using: TraceFieldInjector())
                guard let trace = TraceReference(fields), spans == .all || trace.isSampled else { return nil }
                return ["trace_id": trace.traceID, "span_id": trace.spanID]
            }
        }
    }
#endif
