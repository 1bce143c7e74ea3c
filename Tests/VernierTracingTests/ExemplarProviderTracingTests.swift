#if Tracing
    import InMemoryTracing
    import Instrumentation
    import Testing
    import Tracing
    import Vernier
    import VernierTesting
    import VernierTracing

    @Suite(.isolatedRegistry) struct ExemplarProviderTracingTests {
        let provider = ExemplarProvider.tracing()

        @Test func `an observation refers to the span of its task`() async throws {
            let waits = Histogram("wait", unit: .seconds, help: "Waits.", buckets: [1], exemplars: .automatic)
            let tracer = PropagatingTracer()
            await provider.withCurrent {
                await withTracer(tracer) {
                    await withSpan("pay") { _ in
                        await Task.yield()
                        waits.observe(.milliseconds(20))
                        withSpan("book") { _ in waits.observe(.seconds(2)) }
                    }
                }
            }
            let spans = tracer.base.finishedSpans
            for (le, name) in [("1", "pay"), ("+Inf", "book")] {
                let span = try #require(spans.first { $0.operationName == name })
                let exemplar = Registry.current.exemplar(of: "wait_seconds_bucket", labels: ["le": le])
                #expect(
                    exemplar?.labels == [LabelPair("trace_id", span.traceID), LabelPair("span_id", span.spanID)])
            }
            #expect(spans.count == 2 && spans[0].traceID == spans[1].traceID)
        }

        @Test func `the tracer is asked once for many updates of a bucket`() {
            // An hour, so that a machine that stands still makes no difference; `automatic` has the same with a second.
            let hits = Counter("hits", help: "Hits.", exemplars: .automatic(every: .seconds(3_600)))
            let tracer = PropagatingTracer()
            provider.withCurrent {
                withTracer(tracer) {
                    for _ in 0..<10 { withSpan("hit") { _ in for _ in 0..<100 { hits.increment() } } }
                }
            }
            #expect(hits.value == 1_000)
            #expect(tracer.injections.count == 1)
            #expect(
                Registry.current.exemplar(of: "hits_total")?.labels.first?.value
                    == tracer.base.finishedSpans.first?.traceID)
        }

        @Test func `a task without a context asks no tracer`() {
            let tracer = PropagatingTracer()
            withTracer(tracer) { #expect(provider() == nil) }
            #expect(tracer.injections.count == 0)
        }

        @Test func `no tracer at all gives no exemplar`() {
            InstrumentationContext.withValue(.topLevel) { #expect(provider() == nil) }
            withSpan("untraced") { _ in #expect(provider() == nil) }
        }

        @Test(arguments: [
            PropagatingTracer(.traceparent), PropagatingTracer(.b3), PropagatingTracer(.b3Fields),
        ]) func `each notation of a tracer is read`(_ tracer: PropagatingTracer) throws {
            try withTracer(tracer) {
                try withSpan("work") { span in
                    let context = try #require(span.context.inMemorySpanContext)
                    #expect(
                        provider()?.pairs == [
                            LabelPair("trace_id", context.traceID), LabelPair("span_id", context.spanID),
                        ])
                }
            }
        }

        @Test func `a span that is not sampled gives an exemplar where all are asked for`() {
            for notation in [PropagatingTracer.Notation.traceparent, .b3, .b3Fields] {
                withTracer(PropagatingTracer(notation, isSampled: false)) {
                    withSpan("work") { _ in
                        #expect(provider() == nil)
                        #expect(ExemplarProvider.tracing(.all)()?.pairs.map(\.name) == ["trace_id", "span_id"])
                    }
                }
            }
        }

        @Test func `an instrument that is named is asked instead of the tracer`() {
            let named = PropagatingTracer(
                .fields([
                    "Traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
                ]))
            let tracer = PropagatingTracer()
            withTracer(tracer) {
                withSpan("work") { _ in
                    #expect(
                        ExemplarProvider.tracing(instrument: named)() == [
                            "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "00f067aa0ba902b7",
                        ])
                }
            }
            #expect(tracer.injections.count == 0 && named.injections.count == 1)
        }

        @Test func `several instruments at once are asked together`() {
            let tracer = PropagatingTracer()
            let both = MultiplexInstrument([NoOpInstrument(), tracer])
            withTracer(tracer) {
                withSpan("work") { span in
                    let labels = ExemplarProvider.tracing(instrument: both)()
                    #expect(labels?.pairs.first?.value == span.context.inMemorySpanContext?.traceID)
                }
            }
        }

        @Test func `ids of another form give none, and the update counts`() {
            let hits = Counter("odd_hits", help: "Hits.", exemplars: .automatic)
            let tracer = InMemoryTracer()
            provider.withCurrent {
                withTracer(tracer) { withSpan("hit") { _ in hits.increment() } }
            }
            #expect(hits.value == 1)
            #expect(Registry.current.exemplar(of: "odd_hits_total") == nil)
            #expect(tracer.performedContextInjections.count == 1)
            #expect(Registry.current.value(of: "vernier_rejected_exemplars_total") ?? 0 == 0)
        }
    }
#endif
