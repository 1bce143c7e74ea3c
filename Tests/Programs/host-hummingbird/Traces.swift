#if Hummingbird && Tracing
    import Hummingbird
    import Tracing
    import Vernier
    import VernierTracing

    /// A tracer that takes the trace from `traceparent` (W3C Trace Context, section 3.2), makes one where there is none, and keeps no spans.
    struct Traces: Tracer {
        /// Traces the router's requests, and lets exemplars refer to them.
        static func add(to router: Router<BasicRequestContext>) {
            InstrumentationSystem.bootstrap(Traces())
            ExemplarProvider.default = .tracing()
            router.add(middleware: TracingMiddleware())
        }

        /// The ids of a span, in hexadecimal digits.
        struct IDs: Sendable {
            var trace: String
            var span: String
        }

        private enum Key: InstrumentationContextKey {
            typealias Value = IDs
        }

        struct Span: Tracing.Span {
            let context: InstrumentationContext
            var operationName: String {
                get { "" }
                nonmutating set {}
            }
            var attributes: SpanAttributes {
                get { [:] }
                nonmutating set {}
            }
            var isRecording: Bool { false }
            func setStatus(_ status: SpanStatus) {}
            func addEvent(_ event: SpanEvent) {}
            func recordError<Instant: TracerInstant>(
                _ error: any Error, attributes: SpanAttributes, at instant: @autoclosure () -> Instant
            ) {}
            func addLink(_ link: SpanLink) {}
            func end<Instant: TracerInstant>(at instant: @autoclosure () -> Instant) {}
        }

        func startSpan<Instant: TracerInstant>(
            _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
            at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
        ) -> Span {
            var context = context()
            context[Key.self] = IDs(
                trace: context[Key.self]?.trace ?? Self.digits() + Self.digits(), span: Self.digits())
            return Span(context: context)
        }

        func forceFlush() {}

        func extract<Carrier, Extract: Extractor>(
            _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
        ) where Extract.Carrier == Carrier {
            let fields = extractor.extract(key: "traceparent", from: carrier)?.split(separator: "-") ?? []
            guard fields.count == 4, fields[1].utf8.count == 32, fields[2].utf8.count == 16 else { return }
            context[Key.self] = IDs(trace: String(fields[1]), span: String(fields[2]))
        }

        func inject<Carrier, Inject: Injector>(
            _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
        ) where Inject.Carrier == Carrier {
            guard let ids = context[Key.self] else { return }
            injector.inject("00-\(ids.trace)-\(ids.span)-01", forKey: "traceparent", into: &carrier)
        }

        /// Sixteen digits at random, of which not all are zero.
        private static func digits() -> String {
            let digits = String(UInt64.random(in: 1 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
    }
#endif
