#if Tracing
    import Instrumentation

    /// The header fields that say which trace a request belongs to.
    struct TraceFields: Sendable {
        var traceparent: String?
        var b3: String?
        var b3TraceID: String?
        var b3SpanID: String?
        var b3Sampled: String?
        var b3Flags: String?
    }

    /// Keeps the fields that name a trace, and lets the others go, such as baggage.
    struct TraceFieldInjector: Injector {
        func inject(_ value: String, forKey key: String, into carrier: inout TraceFields) {
            // Names of header fields have no case (RFC 9110, section 5.1).
            switch key.lowercased() {
            case "traceparent": carrier.traceparent = value
            case "b3": carrier.b3 = value
            case "x-b3-traceid": carrier.b3TraceID = value
            case "x-b3-spanid": carrier.b3SpanID = value
            case "x-b3-sampled": carrier.b3Sampled = value
            case "x-b3-flags": carrier.b3Flags = value
            default: break
            }
        }
    }
#endif
