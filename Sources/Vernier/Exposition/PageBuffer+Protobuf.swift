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
        // SAFETY: a varint has at most 10 bytes.
        unsafe append(atMost: 10) { unsafe Self.place(varint: value, at: $0) }
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

    /// Appends a field with a message of one number.
    @inline(__always)
    package mutating func append(_ tag: ProtobufTag, number value: Double) {
        append(lowBytesOf: UInt64(tag.rawValue) | 9 &<< 8 | UInt64(ProtobufTag.number.rawValue) &<< 16, 3)
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

    /// Appends a bucket of a histogram for each bound, cumulative.
    ///
    /// - Parameter counts: of the buckets alone, at least as many as bounds.
    @inline(__always)
    package mutating func append(bounds: [Double], counts: [UInt64]) {
        var total: UInt64 = 0
        for (bound, count) in zip(bounds, counts) {
            total &+= count
            // SAFETY: 3 bytes, a varint of at most 10 and 9 more stay below the room; `place` writes no more than those 10.
            unsafe append(atMost: 24) { start in
                let end = unsafe 3 &+ Self.place(varint: total, at: start + 3)
                unsafe start.storeBytes(of: ProtobufTag.histogramBucket.rawValue, as: UInt8.self)
                unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: end &+ 7), toByteOffset: 1, as: UInt8.self)
                unsafe start.storeBytes(of: ProtobufTag.bucketCount.rawValue, toByteOffset: 2, as: UInt8.self)
                unsafe start.storeBytes(of: ProtobufTag.bucketBound.rawValue, toByteOffset: end, as: UInt8.self)
                unsafe start.storeBytes(of: bound.bitPattern.littleEndian, toByteOffset: end &+ 1, as: UInt64.self)
                return end &+ 9
            }
        }
    }

    /// Writes an integer as a varint and returns how many bytes it took: at most 10.
    // SAFETY: the caller vouches for the room.
    @inline(__always)
    private static func place(varint value: UInt64, at target: UnsafeMutableRawPointer) -> Int {
        var (rest, length) = (value, 0)
        while rest >= 0x80 {
            unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest | 0x80), toByteOffset: length, as: UInt8.self)
            rest &>>= 7
            length &+= 1
        }
        unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: length, as: UInt8.self)
        return length &+ 1
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
}
