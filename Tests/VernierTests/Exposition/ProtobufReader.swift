import Testing

@testable import Vernier

/// A protobuf message as its fields, in their order: what the tests read pages with, and written after the encoding's own description.
struct ProtobufReader: Equatable {
    /// What a field holds.
    enum Value: Equatable {
        case varint(UInt64)
        case eight(UInt64)
        case bytes([UInt8])
    }

    /// Octets that are no message.
    struct Malformed: Error {}

    var fields: [(number: UInt64, value: Value)] = []

    static func == (left: Self, right: Self) -> Bool {
        left.fields.elementsEqual(right.fields, by: ==)
    }

    init(_ bytes: some Collection<UInt8>) throws {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let tag = try Self.varint(from: &rest)
            switch tag & 7 {
            case 0: fields.append((tag >> 3, .varint(try Self.varint(from: &rest))))
            case 1:
                guard rest.count >= 8 else { throw Malformed() }
                let word = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
                rest = rest.dropFirst(8)
                fields.append((tag >> 3, .eight(word)))
            case 2: fields.append((tag >> 3, .bytes(try Self.bytes(from: &rest))))
            default: throw Malformed()
            }
        }
    }

    /// The messages of a page, each after its length.
    static func delimited(_ page: [UInt8]) throws -> [ProtobufReader] {
        var rest = page[...]
        var messages: [ProtobufReader] = []
        while !rest.isEmpty { messages.append(try ProtobufReader(bytes(from: &rest))) }
        return messages
    }

    private static func bytes(from rest: inout ArraySlice<UInt8>) throws -> [UInt8] {
        let length = try varint(from: &rest)
        guard length <= UInt64(rest.count) else { throw Malformed() }
        defer { rest = rest.dropFirst(Int(length)) }
        return Array(rest.prefix(Int(length)))
    }

    private static func varint(from rest: inout ArraySlice<UInt8>) throws -> UInt64 {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while let byte = rest.popFirst() {
            // Ten bytes at most, of which the last has one bit; and the shortest form, which writers are to use.
            guard shift < 63 || byte < 2, shift == 0 || byte != 0 else { throw Malformed() }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw Malformed()
    }
}

// MARK: Fields

extension ProtobufReader {
    func values(_ number: UInt64) -> [Value] { fields.filter { $0.number == number }.map(\.value) }

    func messages(_ number: UInt64) throws -> [ProtobufReader] {
        try values(number).map {
            guard case .bytes(let bytes) = $0 else { throw Malformed() }
            return try ProtobufReader(bytes)
        }
    }

    /// A field that may be there once.
    private func value(_ number: UInt64) throws -> Value? {
        let all = values(number)
        guard all.count < 2 else { throw Malformed() }
        return all.first
    }

    func message(_ number: UInt64) throws -> ProtobufReader? {
        let all = try messages(number)
        guard all.count < 2 else { throw Malformed() }
        return all.first
    }

    func text(_ number: UInt64) throws -> String? {
        guard let value = try value(number) else { return nil }
        guard case .bytes(let bytes) = value, let text = String(validating: bytes, as: UTF8.self) else {
            throw Malformed()
        }
        return text
    }

    func double(_ number: UInt64) throws -> Double? {
        guard let value = try value(number) else { return nil }
        guard case .eight(let bits) = value else { throw Malformed() }
        return Double(bitPattern: bits)
    }

    func integer(_ number: UInt64) throws -> UInt64? {
        guard let value = try value(number) else { return nil }
        guard case .varint(let integer) = value else { throw Malformed() }
        return integer
    }

    /// A field of type `sint32` or `sint64`.
    func signed(_ number: UInt64) throws -> Int64? { try integer(number).map(Self.zigzag) }

    func allSigned(_ number: UInt64) throws -> [Int64] {
        try values(number).map {
            guard case .varint(let integer) = $0 else { throw Malformed() }
            return Self.zigzag(integer)
        }
    }

    private static func zigzag(_ value: UInt64) -> Int64 { Int64(value >> 1) ^ -Int64(value & 1) }
}

// MARK: What a page says

extension ProtobufReader {
    /// A page of families as text: a line for each family and each metric, with all that is in them.
    static func description(of page: [UInt8]) throws -> String {
        try delimited(page).map { try $0.family }.joined()
    }

    private var family: String {
        get throws {
            let types = ["COUNTER", "GAUGE", "SUMMARY", "UNTYPED", "HISTOGRAM", "GAUGE_HISTOGRAM"]
            guard let type = try integer(3), type < 6, let name = try text(1), known(1...5) else { throw Malformed() }
            var lines = "\(types[Int(type)]) \(name)"
            if let unit = try text(5) { lines += " in \(unit)" }
            if let help = try text(2) { lines += ": \(help.debugDescription)" }
            lines += "\n"
            for metric in try messages(4) { lines += "  \(try metric.metric(type))\n" }
            return lines
        }
    }

    private func known(_ numbers: ClosedRange<UInt64>) -> Bool { fields.allSatisfy { numbers.contains($0.number) } }

    private func metric(_ type: UInt64) throws -> String {
        let field: [UInt64] = [3, 2, 4, 5, 7, 7]
        guard let content = try message(field[Int(type)]),
            fields.allSatisfy({ [1, field[Int(type)], 6].contains($0.number) })
        else { throw Malformed() }
        var text = try labels(1)
        switch type {
        case 0:
            guard content.known(1...3), let value = try content.double(1) else { throw Malformed() }
            text += " \(value)\(try content.exemplars(2))\(try content.created(3))"
        case 1, 3:
            guard content.known(1...1), let value = try content.double(1) else { throw Malformed() }
            text += " \(value)"
        case 2: text += try content.summary
        default: text += try content.histogram
        }
        if let milliseconds = try integer(6) { text += " at \(Int64(bitPattern: milliseconds)) ms" }
        return text
    }

    private func labels(_ number: UInt64) throws -> String {
        let pairs = try messages(number).map { pair in
            guard pair.known(1...2), let name = try pair.text(1), let value = try pair.text(2) else {
                throw Malformed()
            }
            return "\(name)=\(value.debugDescription)"
        }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private var summary: String {
        get throws {
            guard known(1...4) else { throw Malformed() }
            var text = ""
            if let count = try integer(1) { text += " count \(count)" }
            if let sum = try double(2) { text += " sum \(sum)" }
            for quantile in try messages(3) {
                guard quantile.known(1...2), let rank = try quantile.double(1), let value = try quantile.double(2)
                else {
                    throw Malformed()
                }
                text += " \(rank): \(value)"
            }
            return text + (try created(4))
        }
    }

    private var histogram: String {
        get throws {
            guard known(1...16) else { throw Malformed() }
            var text = ""
            if let count = try integer(1) { text += " count \(count)" }
            if let sum = try double(2) { text += " sum \(sum)" }
            for bucket in try messages(3) {
                guard bucket.known(1...3), let count = try bucket.integer(1), let bound = try bucket.double(2) else {
                    throw Malformed()
                }
                text += " <=\(bound): \(count)\(try bucket.exemplars(3))"
            }
            if let schema = try signed(5) { text += " schema \(schema)" }
            if let threshold = try double(6) { text += " zero \(threshold)" }
            if let count = try integer(7) { text += ": \(count)" }
            text += try native("negative", spans: 9, deltas: 10) + native("positive", spans: 12, deltas: 13)
            return text + (try created(15)) + (try exemplars(16))
        }
    }

    private func native(_ name: String, spans: UInt64, deltas: UInt64) throws -> String {
        let spans = try messages(spans).map { span in
            guard span.known(1...2), let offset = try span.signed(1), let length = try span.integer(2) else {
                throw Malformed()
            }
            return "\(offset):\(length)"
        }
        let deltas = try allSigned(deltas).map(String.init)
        if spans.isEmpty, deltas.isEmpty { return "" }
        return " \(name) [\(spans.joined(separator: " "))] \(deltas.joined(separator: " "))"
    }

    private func created(_ number: UInt64) throws -> String {
        try message(number).map { " created \(try $0.time)" } ?? ""
    }

    private func exemplars(_ number: UInt64) throws -> String {
        try messages(number).map { exemplar in
            guard exemplar.known(1...3), let value = try exemplar.double(2) else { throw Malformed() }
            let time = try exemplar.message(3).map { " at \(try $0.time)" } ?? ""
            return " # \(try exemplar.labels(1)) \(value)\(time)"
        }.joined()
    }

    /// A `google.protobuf.Timestamp` as seconds, a point and nine places.
    private var time: String {
        get throws {
            guard known(1...2), let seconds = try integer(1), let nanoseconds = try integer(2),
                nanoseconds < 1_000_000_000
            else { throw Malformed() }
            let places = String(nanoseconds)
            return "\(Int64(bitPattern: seconds)).\(String(repeating: "0", count: 9 - places.count))\(places)"
        }
    }
}
