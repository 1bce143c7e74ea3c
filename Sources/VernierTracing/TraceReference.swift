#if Tracing
    /// The ids of a span, and whether its trace is kept.
    struct TraceReference: Sendable, Hashable {
        /// 32 hexadecimal digits in lower case; with B3 also 16.
        let traceID: String
        /// 16 hexadecimal digits in lower case.
        let spanID: String
        let isSampled: Bool

        private init?(_ traceID: Substring, _ spanID: Substring, isSampled: Bool) {
            guard Self.isID(traceID, [16, 32]), Self.isID(spanID, [16]) else { return nil }
            self.traceID = String(traceID)
            self.spanID = String(spanID)
            self.isSampled = isSampled
        }

        /// Reads the first of the notations that names a span.
        init?(_ fields: TraceFields) {
            let found =
                fields.traceparent.flatMap { Self(traceparent: $0) } ?? fields.b3.flatMap { Self(b3: $0) }
                ?? Self(b3Fields: fields)
            guard let found else { return nil }
            self = found
        }

        /// Reads `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01` (W3C Trace Context, section 3.2.2).
        ///
        /// A later version may have more after the flags (section 3.2.4).
        init?(traceparent: String) {
            guard let parts = Self.parts(traceparent), parts.count >= 4, parts[0].utf8.count == 2,
                Self.isHex(parts[0]), parts[0] != "ff", parts[0] != "00" || parts.count == 4,
                parts[1].utf8.count == 32, parts[3].utf8.count == 2, Self.isHex(parts[3]),
                let flags = UInt8(parts[3], radix: 16)
            else { return nil }
            self.init(parts[1], parts[2], isSampled: flags & 1 == 1)
        }

        /// Reads `{trace}-{span}[-{sampled}[-{parent}]]`; where the sampling state is left out, it is not decided yet.
        init?(b3: String) {
            guard let parts = Self.parts(b3), (2...4).contains(parts.count) else { return nil }
            let state = parts.count > 2 ? parts[2] : "0"
            guard ["0", "1", "d"].contains(state), parts.count < 4 || Self.isID(parts[3], [16]) else { return nil }
            self.init(parts[0], parts[1], isSampled: state != "0")
        }

        /// Reads the fields of B3 that came before the single one.
        private init?(b3Fields fields: TraceFields) {
            guard let traceID = fields.b3TraceID, let spanID = fields.b3SpanID else { return nil }
            let isSampled = ["1", "true"].contains(fields.b3Sampled) || fields.b3Flags == "1"
            self.init(traceID[...], spanID[...], isSampled: isSampled)
        }

        /// What stands between dashes; nil for a text that is far longer than any reference.
        private static func parts(_ text: String) -> [Substring]? {
            text.utf8.count <= 512 ? text.split(separator: "-", omittingEmptySubsequences: false) : nil
        }

        /// Whether a text is of one of the lengths, hexadecimal in lower case, and not all zeros.
        private static func isID(_ text: Substring, _ lengths: [Int]) -> Bool {
            lengths.contains(text.utf8.count) && isHex(text) && !text.utf8.allSatisfy { $0 == UInt8(ascii: "0") }
        }

        private static func isHex(_ text: Substring) -> Bool {
            text.utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
        }
    }
#endif
