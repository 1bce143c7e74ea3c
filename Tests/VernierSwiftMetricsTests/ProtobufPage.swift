#if SwiftMetrics
    /// A page in protobuf, as far as it says which families and series there are (`io.prometheus.client`, metrics.proto).
    struct ProtobufPage {
        /// Bytes that are no such page.
        struct Malformed: Error {}

        /// The names of the families.
        var names: [String] = []
        /// The names of the labels of each series.
        var series: [[String]] = []

        init(_ page: [UInt8]) throws {
            var rest = page[...]
            while !rest.isEmpty {
                let family = try Self.fields(of: Self.bytes(from: &rest))
                // The name, and metrics with pairs whose first field is a name.
                names += family.filter { $0.number == 1 }.map { String(decoding: $0.bytes, as: UTF8.self) }
                for metric in family where metric.number == 4 {
                    let pairs = try Self.fields(of: metric.bytes).filter { $0.number == 1 }
                    series.append(
                        try pairs.flatMap { try Self.fields(of: $0.bytes) }.filter { $0.number == 1 }.map {
                            String(decoding: $0.bytes, as: UTF8.self)
                        })
                }
            }
        }

        /// The fields of a message that have bytes.
        private static func fields(of message: ArraySlice<UInt8>) throws -> [(number: UInt64, bytes: ArraySlice<UInt8>)]
        {
            var rest = message
            var fields: [(number: UInt64, bytes: ArraySlice<UInt8>)] = []
            while !rest.isEmpty {
                let tag = try varint(from: &rest)
                switch tag & 7 {
                case 0: _ = try varint(from: &rest)
                case 1:
                    guard rest.count >= 8 else { throw Malformed() }
                    rest = rest.dropFirst(8)
                case 2: fields.append((tag >> 3, try bytes(from: &rest)))
                default: throw Malformed()
                }
            }
            return fields
        }

        private static func bytes(from rest: inout ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
            let length = try varint(from: &rest)
            guard length <= UInt64(rest.count) else { throw Malformed() }
            defer { rest = rest.dropFirst(Int(length)) }
            return rest.prefix(Int(length))
        }

        private static func varint(from rest: inout ArraySlice<UInt8>) throws -> UInt64 {
            var (value, shift): (UInt64, UInt64) = (0, 0)
            while shift < 64, let byte = rest.popFirst() {
                value |= UInt64(byte & 0x7f) << shift
                if byte < 0x80 { return value }
                shift += 7
            }
            throw Malformed()
        }
    }
#endif
