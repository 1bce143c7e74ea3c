/// The byte before a field of a message: the field's number, and in the lowest three bits how its value is written.
///
/// The numbers are those of Prometheus' `client_model`, file `io/prometheus/client/metrics.proto`.
package struct ProtobufTag: Sendable, Equatable {
    /// How a value is written (Protocol Buffers, "Encoding").
    private enum Kind: UInt8 {
        case varint = 0
        case eightBytes = 1
        case lengthAndBytes = 2
    }

    /// The byte.
    package let rawValue: UInt8

    private init(rawValue: UInt8) { self.rawValue = rawValue }

    @inline(__always)
    private init(_ number: UInt8, _ kind: Kind) { rawValue = number &<< 3 | kind.rawValue }
}

// Computed, so that each is a constant where it is used.
extension ProtobufTag {
    // MetricFamily
    static var familyName: Self { Self(1, .lengthAndBytes) }
    static var familyHelp: Self { Self(2, .lengthAndBytes) }
    static var familyType: Self { Self(3, .varint) }
    static var familyMetric: Self { Self(4, .lengthAndBytes) }
    static var familyUnit: Self { Self(5, .lengthAndBytes) }

    // Metric
    static var metricLabel: Self { Self(1, .lengthAndBytes) }
    static var metricGauge: Self { Self(2, .lengthAndBytes) }
    static var metricCounter: Self { Self(3, .lengthAndBytes) }
    static var metricSummary: Self { Self(4, .lengthAndBytes) }
    static var metricUntyped: Self { Self(5, .lengthAndBytes) }
    static var metricMilliseconds: Self { Self(6, .varint) }
    static var metricHistogram: Self { Self(7, .lengthAndBytes) }

    // LabelPair
    static var labelName: Self { Self(1, .lengthAndBytes) }
    static var labelValue: Self { Self(2, .lengthAndBytes) }

    // Gauge, Counter and Untyped
    static var number: Self { Self(1, .eightBytes) }
    static var counterExemplar: Self { Self(2, .lengthAndBytes) }
    static var counterCreated: Self { Self(3, .lengthAndBytes) }

    // Summary
    static var summaryCount: Self { Self(1, .varint) }
    static var summarySum: Self { Self(2, .eightBytes) }
    static var summaryQuantile: Self { Self(3, .lengthAndBytes) }
    static var summaryCreated: Self { Self(4, .lengthAndBytes) }
    static var quantileRank: Self { Self(1, .eightBytes) }
    static var quantileValue: Self { Self(2, .eightBytes) }

    // Histogram
    static var histogramCount: Self { Self(1, .varint) }
    static var histogramSum: Self { Self(2, .eightBytes) }
    static var histogramBucket: Self { Self(3, .lengthAndBytes) }
    static var histogramSchema: Self { Self(5, .varint) }
    static var histogramZeroThreshold: Self { Self(6, .eightBytes) }
    static var histogramZeroCount: Self { Self(7, .varint) }
    static var histogramNegativeSpan: Self { Self(9, .lengthAndBytes) }
    static var histogramNegativeDelta: Self { Self(10, .varint) }
    static var histogramPositiveSpan: Self { Self(12, .lengthAndBytes) }
    static var histogramPositiveDelta: Self { Self(13, .varint) }
    static var histogramCreated: Self { Self(15, .lengthAndBytes) }
    /// The second byte before the field `exemplars`, whose number 16 needs two; the first is 0x82.
    static var histogramExemplarsEnd: Self { Self(rawValue: 1) }
    static var bucketCount: Self { Self(1, .varint) }
    static var bucketBound: Self { Self(2, .eightBytes) }
    static var bucketExemplar: Self { Self(3, .lengthAndBytes) }
    static var spanOffset: Self { Self(1, .varint) }
    static var spanLength: Self { Self(2, .varint) }

    // Exemplar and google.protobuf.Timestamp
    static var exemplarLabel: Self { Self(1, .lengthAndBytes) }
    static var exemplarValue: Self { Self(2, .eightBytes) }
    static var exemplarTimestamp: Self { Self(3, .lengthAndBytes) }
    static var timestampSeconds: Self { Self(1, .varint) }
    static var timestampNanoseconds: Self { Self(2, .varint) }
}
