/// The parts of protobuf messages (Protocol Buffers, "Encoding"), into a page.
///
/// A message is written behind one byte for its length, which ``closeLength(at:)`` fills in afterwards.
extension PageBuffer {
    /// Appends an integer, seven bits a byte, the lowest first.
    @inline(__always)
    package mutating func append(varint value: UInt64) {
        if value < 0x80 { return append(UInt8(truncatingIfNeeded: value)) }
        appendLong(varint: value)
    }

    @inline(never)
    private mutating func appendLong(varint value: UInt64) {
        reserve(16)
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest | 0x80))
            rest &>>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends an integer of either sign so that small ones are short: 0, -1, 1, -2 are 0, 1, 2, 3.
    @inline(__always)
    package mutating func append(zigzag value: Int64) {
        append(varint: UInt64(bitPattern: value &<< 1 ^ value &>> 63))
    }

    /// Appends a field that holds a `double`.
    @inline(__always)
    package mutating func append(_ tag: ProtobufTag, _ value: Double) {
        append(tag.rawValue)
        append(lowBytesOf: value.bitPattern, 8)
    }

    /// Appends a field that holds an integer without sign, or the bits of one with a sign.
    @inline(__always)
    package mutating func append(_ tag: ProtobufTag, varint value: UInt64) {
        append(tag.rawValue)
        append(varint: value)
    }

    /// Appends a field that holds an integer of either sign.
    @inline(__always)
    package mutating func append(_ tag: ProtobufTag, zigzag value: Int64) {
        append(tag.rawValue)
        append(zigzag: value)
    }

    /// Appends a field that holds a text.
    package mutating func append(_ tag: ProtobufTag, _ text: String) {
        let place = open(tag)
        append(utf8: text)
        closeLength(at: place)
    }

    /// Begins a field that holds a message, and returns the place of its length.
    @inline(__always)
    package mutating func open(_ tag: ProtobufTag) -> Int {
        append(lowBytesOf: UInt64(tag.rawValue), 2)
        return count &- 1
    }

    /// Appends a field that holds a `google.protobuf.Timestamp`, or nothing for a time that is none.
    ///
    /// A `Double` of seconds since 1970 has steps of a quarter microsecond, so the nearest microsecond is what was meant; the
    /// nearest nanosecond may be just before a millisecond, which readers that cut off would take for the one before.
    package mutating func append(_ tag: ProtobufTag, time seconds: Double) {
        // From year 1 to 9999, which is what a Timestamp holds.
        guard seconds > -62_135_596_800, seconds < 253_402_300_799 else { return }
        let microseconds = Int64((seconds * 1e6).rounded())
        var (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        if part < 0 { (whole, part) = (whole - 1, part + 1_000_000) }
        let place = open(tag)
        append(.timestampSeconds, varint: UInt64(bitPattern: whole))
        append(.timestampNanoseconds, varint: UInt64(part * 1000))
        closeLength(at: place)
    }

    /// Appends a field with an exemplar.
    package mutating func append(_ tag: ProtobufTag, _ exemplar: Exemplar) {
        let place = open(tag)
        for label in exemplar.labels { append(.exemplarLabel, label) }
        append(.exemplarValue, exemplar.value)
        if let timestamp = exemplar.timestamp { append(.exemplarTimestamp, time: timestamp) }
        closeLength(at: place)
    }

    /// Appends a field with a label.
    package mutating func append(_ tag: ProtobufTag, _ label: LabelPair) {
        let place = open(tag)
        append(.labelName, label.name)
        append(.labelValue, label.value)
        closeLength(at: place)
    }

    /// Appends the labels of a metric out of their rendered text (see ``LabelText``), without making strings of them.
    @inline(__always)
    package mutating func append(labels text: Span<UInt8>) {
        var index = 0
        while index < text.count {
            let pair = open(.metricLabel)
            let name = open(.labelName)
            index = append(text, from: index, until: UInt8(ascii: "="))
            closeLength(at: name)
            // The equals sign and a quote.
            index &+= 2
            let value = open(.labelValue)
            index = append(unescaped: text, from: index)
            closeLength(at: value)
            closeLength(at: pair)
            // The other quote and a comma.
            index &+= 2
        }
    }

    /// Appends an escaped text up to its closing quote, and returns where that is.
    @inline(__always)
    private mutating func append(unescaped text: Span<UInt8>, from start: Int) -> Int {
        let end = append(text, from: start, until: UInt8(ascii: "\""))
        guard end < text.count, text[end] == UInt8(ascii: "\\") else { return end }
        return append(rest: text, from: end)
    }

    @inline(never)
    private mutating func append(rest text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index &+ 1 < text.count, text[index] == UInt8(ascii: "\\") {
            let escaped = text[index &+ 1]
            append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
            index = append(text, from: index &+ 2, until: UInt8(ascii: "\""))
        }
        return index
    }
}
