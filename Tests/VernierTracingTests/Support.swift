#if Tracing
    import InMemoryTracing
    import Instrumentation
    import Synchronization
    import Tracing

    /// A tracer that keeps its spans in memory, makes ids of the W3C's form, and writes them as a propagator of a backend's client does.
    struct PropagatingTracer: Tracer {
        typealias Span = InMemorySpan

        /// In which header fields the ids travel.
        enum Notation: Sendable {
            case traceparent
            case b3
            case b3Fields
            /// Whatever a test wants to see refused.
            case fields([String: String])
        }

        let base: InMemoryTracer
        let notation: Notation
        let isSampled: Bool
        let injections = Injections()

        /// How often the tracer was asked.
        final class Injections: Sendable {
            private let number = Atomic(0)
            var count: Int { number.load(ordering: .relaxed) }
            func add() { number.add(1, ordering: .relaxed) }
        }

        init(_ notation: Notation = .traceparent, isSampled: Bool = true) {
            self.notation = notation
            self.isSampled = isSampled
            base = InMemoryTracer(
                idGenerator: .init(
                    nextTraceID: { Self.hex() + Self.hex() }, nextSpanID: { Self.hex() }))
        }

        private static func hex() -> String {
            let digits = String(UInt64.random(in: 1 ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }

        func startSpan<Instant: TracerInstant>(
            _ operationName: String, context: @autoclosure () -> InstrumentationContext, ofKind kind: SpanKind,
            at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
        ) -> InMemorySpan {
            base.startSpan(
                operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID,
                line: line)
        }

        func forceFlush() {}

        func extract<Carrier, Extract: Extractor>(
            _ carrier: Carrier, into context: inout InstrumentationContext, using extractor: Extract
        ) where Extract.Carrier == Carrier {}

        func inject<Carrier, Inject: Injector>(
            _ context: InstrumentationContext, into carrier: inout Carrier, using injector: Inject
        ) where Inject.Carrier == Carrier {
            injections.add()
            if case .fields(let fields) = notation {
                for (key, value) in fields { injector.inject(value, forKey: key, into: &carrier) }
            }
            guard let span = context.inMemorySpanContext else { return }
            switch notation {
            case .traceparent:
                injector.inject(
                    "00-\(span.traceID)-\(span.spanID)-\(isSampled ? "01" : "00")", forKey: "traceparent",
                    into: &carrier)
                injector.inject("key=value", forKey: "baggage", into: &carrier)
            case .b3:
                injector.inject("\(span.traceID)-\(span.spanID)-\(isSampled ? 1 : 0)", forKey: "b3", into: &carrier)
            case .b3Fields:
                injector.inject(span.traceID, forKey: "X-B3-TraceId", into: &carrier)
                injector.inject(span.spanID, forKey: "X-B3-SpanId", into: &carrier)
                injector.inject(isSampled ? "1" : "0", forKey: "X-B3-Sampled", into: &carrier)
            case .fields: break
            }
        }
    }
#endif
