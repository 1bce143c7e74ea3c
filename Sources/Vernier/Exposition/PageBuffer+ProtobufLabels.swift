/// Labels of a metric, out of their rendered text (see ``LabelText``) and without making strings of them.
///
/// Pages are mostly labels, so those of usual length and without escapes are written by a loop of their own: it checks the room once
/// and takes eight bytes of text at a time.
extension PageBuffer {
    /// Texts up to here give messages shorter than 128 bytes, whose lengths are one byte.
    private static var shortText: Int { 120 }

    /// Appends the labels of a text, each as a field with a message.
    @inline(__always)
    package mutating func append(labels text: Span<UInt8>) {
        if text.isEmpty || text.count <= Self.shortText && appendShort(text) { return }
        appendAny(text)
    }

    /// Appends the labels of a short text, or nothing where there is something to unescape.
    @inline(__always)
    private mutating func appendShort(_ text: Span<UInt8>) -> Bool {
        let length = text.count
        // A label has at least four bytes of text and at most three more of message; the lengths and the last word go a little beyond.
        let room = 2 &* length &+ 16
        var isDone = false
        // SAFETY: what is written ends before twice the length of the text; behind it are the text and eight bytes of zeros.
        unsafe append(atMost: room &+ length &+ 8) { start in
            let source = unsafe start + room
            unsafe text.withUnsafeBytes { bytes in
                // SAFETY: the text is not empty, and there is room for it.
                if let base = bytes.baseAddress { unsafe Self.copy(from: base, to: source, length) }
            }
            unsafe source.storeBytes(of: 0, toByteOffset: length, as: UInt64.self)
            var (next, at) = (0, 0)
            while next < length {
                // The fields of a pair and of its name, with lengths that follow.
                let pair = at
                unsafe start.storeBytes(of: UInt32(0x000A_000A).littleEndian, toByteOffset: at, as: UInt32.self)
                at &+= 4
                let name = unsafe Self.copyShort(
                    from: source + next, to: start + at, until: UInt8(ascii: "="), orAt: UInt8(ascii: "\""),
                    length &- next)
                guard name >= 0 else { return 0 }
                unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: name), toByteOffset: pair &+ 3, as: UInt8.self)
                at &+= name
                // Behind the name are an equals sign and a quote.
                next &+= name &+ 2
                guard next <= length else { return 0 }
                unsafe start.storeBytes(of: UInt16(0x0012).littleEndian, toByteOffset: at, as: UInt16.self)
                at &+= 2
                let value = unsafe Self.copyShort(
                    from: source + next, to: start + at, until: UInt8(ascii: "\""), orAt: UInt8(ascii: "\\"),
                    length &- next)
                guard value >= 0 else { return 0 }
                unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: value), toByteOffset: at &- 1, as: UInt8.self)
                at &+= value
                unsafe start.storeBytes(
                    of: UInt8(truncatingIfNeeded: at &- pair &- 2), toByteOffset: pair &+ 1, as: UInt8.self)
                // And behind the value another quote and a comma.
                next &+= value &+ 2
            }
            isDone = true
            return at
        }
        return isDone
    }

    /// Copies bytes up to `stop`, eight at a time, and returns how many; -1 where `other` comes first or there is no `stop`.
    // SAFETY: the caller vouches for `left` bytes at the source and seven more, and for as many at the target.
    @inline(__always)
    private static func copyShort(
        from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, until stop: UInt8, orAt other: UInt8,
        _ left: Int
    ) -> Int {
        var taken = 0
        while taken < left {
            let word = unsafe UInt64(littleEndian: source.loadUnaligned(fromByteOffset: taken, as: UInt64.self))
            unsafe target.storeBytes(of: word.littleEndian, toByteOffset: taken, as: UInt64.self)
            let stops = zeroBytes(word ^ UInt64(stop) &* 0x0101_0101_0101_0101)
            let others = zeroBytes(word ^ UInt64(other) &* 0x0101_0101_0101_0101)
            if stops | others != 0 {
                // The first byte found is found rightly; only above it may a byte be taken for one.
                return stops.trailingZeroBitCount < others.trailingZeroBitCount
                    ? taken &+ stops.trailingZeroBitCount &>> 3 : -1
            }
            taken &+= 8
        }
        return -1
    }

    /// The high bit of the first byte that is zero, and maybe of others above it.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    /// Appends the labels of any text.
    @inline(never)
    private mutating func appendAny(_ text: Span<UInt8>) {
        var index = 0
        while index < text.count {
            let pair = open(.metricLabel)
            let name = open(.labelName)
            if text[index] == UInt8(ascii: "\"") {
                index = append(unescaped: text, from: index &+ 1) &+ 1
            } else {
                index = append(text, from: index, until: UInt8(ascii: "="))
            }
            closeLength(at: name)
            // Behind the name are an equals sign and a quote, behind the value a quote and a comma.
            let value = open(.labelValue)
            index = append(unescaped: text, from: index &+ 2)
            closeLength(at: value)
            closeLength(at: pair)
            index &+= 2
        }
    }

    /// Appends an escaped text up to its closing quote, and returns where that is.
    private mutating func append(unescaped text: Span<UInt8>, from start: Int) -> Int {
        var index = append(text, from: start, until: UInt8(ascii: "\""))
        while index &+ 1 < text.count, text[index] == UInt8(ascii: "\\") {
            let escaped = text[index &+ 1]
            append(escaped == UInt8(ascii: "n") ? UInt8(ascii: "\n") : escaped)
            index = append(text, from: index &+ 2, until: UInt8(ascii: "\""))
        }
        return index
    }

    /// Appends what comes before the next `stop` or backslash, and returns where that is, or where the text ends.
    private mutating func append(_ text: Span<UInt8>, from start: Int, until stop: UInt8) -> Int {
        var end = start
        while end < text.count, text[end] != stop, text[end] != UInt8(ascii: "\\") { end &+= 1 }
        if start < end { append(copying: text.extracting(start..<end)) }
        return end
    }
}
