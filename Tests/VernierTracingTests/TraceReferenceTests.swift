#if Tracing
    import Testing

    @testable import VernierTracing

    @Suite struct TraceReferenceTests {
        static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        static let span = "00f067aa0ba902b7"

        @Test(arguments: [
            ("00-\(trace)-\(span)-01", true), ("00-\(trace)-\(span)-00", false), ("00-\(trace)-\(span)-03", true),
            ("00-\(trace)-\(span)-fe", false), ("cc-\(trace)-\(span)-01", true),
            ("cc-\(trace)-\(span)-01-what-the-future-will-be-like", true),
        ]) func `a traceparent is read`(_ text: String, isSampled: Bool) {
            let reference = TraceReference(traceparent: text)
            #expect(reference?.traceID == Self.trace)
            #expect(reference?.spanID == Self.span)
            #expect(reference?.isSampled == isSampled)
        }

        @Test(arguments: [
            "", "-", "---", "00", "00-\(trace)", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-1",
            "00-\(trace)-\(span)-001", "00-\(trace)-\(span)-0g", "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-x",
            "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "0g-\(trace)-\(span)-01", "-\(trace)-\(span)-01",
            "00-\(String(repeating: "0", count: 32))-\(span)-01", "00-\(trace)-\(String(repeating: "0", count: 16))-01",
            "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span.uppercased())-01",
            "00-\(trace.dropLast())-\(span)-01", "00-\(trace)0-\(span)-01", "00-\(trace)-\(span)0-01",
            "00-\(span)-\(span)-01", "00-\(trace.dropLast())é-\(span)-01", " 00-\(trace)-\(span)-01",
            "00-\(trace)-\(span)-01 ", "00-\(trace)-\(span)-+1", "00-\(trace)-\(span)-01\n",
            "cc-\(trace)-\(span)-01" + String(repeating: "-", count: 1_000),
        ]) func `a traceparent of another form is refused`(_ text: String) {
            #expect(TraceReference(traceparent: text) == nil)
        }

        @Test(arguments: [
            ("\(trace)-\(span)-1", true), ("\(trace)-\(span)-d", true), ("\(trace)-\(span)-0", false),
            ("\(trace)-\(span)", false), ("\(trace)-\(span)-1-05e3ac9a4f6e3b90", true),
        ]) func `a b3 field is read`(_ text: String, isSampled: Bool) {
            let reference = TraceReference(b3: text)
            #expect(reference?.traceID == Self.trace)
            #expect(reference?.spanID == Self.span)
            #expect(reference?.isSampled == isSampled)
        }

        @Test func `a b3 trace may have 64 bits`() {
            #expect(TraceReference(b3: "\(Self.span)-\(Self.span)-1")?.traceID == Self.span)
        }

        @Test(arguments: [
            "", "0", "1", "d", "\(trace)", "\(trace)-", "\(trace)-\(span)-2", "\(trace)-\(span)-true",
            "\(trace)-\(span)-", "\(trace)-\(span)-1-", "\(trace)-\(span)-1-xyz", "\(trace)-\(span)-1-\(span)-\(span)",
            "\(trace.uppercased())-\(span)-1", "0000000000000000-\(span)-1", "\(trace)-0000000000000000-1",
        ]) func `a b3 field of another form is refused`(_ text: String) {
            #expect(TraceReference(b3: text) == nil)
        }

        @Test func `a notation that is not well-formed leaves the word to the next`() {
            var fields = TraceFields(traceparent: "nonsense", b3: "0", b3TraceID: Self.trace, b3SpanID: Self.span)
            #expect(TraceReference(fields)?.isSampled == false)
            fields.b3Sampled = "true"
            #expect(TraceReference(fields)?.isSampled == true)
            fields.b3Sampled = "0"
            fields.b3Flags = "1"
            #expect(TraceReference(fields)?.isSampled == true)
            fields.b3SpanID = "short"
            #expect(TraceReference(fields) == nil)
            fields.b3 = "\(Self.trace)-\(Self.span)-1"
            #expect(TraceReference(fields)?.spanID == Self.span)
        }
    }
#endif
