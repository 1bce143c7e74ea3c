/// Label pairs as they stand between the braces of a sample line: `method="GET",path="/"`, escaped.
///
/// Escapes are those of the text formats (OpenMetrics 1.0.0, "Escaping"): backslash, quote and line feed, each after a backslash.
/// A text is rendered once, when its series is made.
package enum LabelText {
    /// Appends pairs.
    static func append(names: [String], values: [String], to text: inout [UInt8]) {
        // Quotes, equals sign and comma; escapes are rare enough to grow for.
        var room = text.count
        for (name, value) in zip(names, values) { room += name.utf8.count + value.utf8.count + 4 }
        text.reserveCapacity(room)
        for (name, value) in zip(names, values) {
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            text.append(contentsOf: name.utf8)
            text.append(UInt8(ascii: "="))
            text.append(UInt8(ascii: "\""))
            appendEscaped(value, to: &text)
            text.append(UInt8(ascii: "\""))
        }
    }

    /// Appends a value, escaped.
    static func appendEscaped(_ value: String, quotes: Bool = true, to text: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text.append(contentsOf: [byte, byte])
            case UInt8(ascii: "\""):
                if quotes { text.append(UInt8(ascii: "\\")) }
                text.append(byte)
            case UInt8(ascii: "\n"): text.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            default: text.append(byte)
            }
        }
    }

    /// Appends label pairs of a snapshot.
    static func rendered(_ pairs: [LabelPair]) -> [UInt8] {
        var text: [UInt8] = []
        append(names: pairs.map(\.name), values: pairs.map(\.value), to: &text)
        return text
    }

    /// The pairs of a rendered text, unescaped.
    package static func pairs(in text: Span<UInt8>) -> [LabelPair] {
        var pairs: [LabelPair] = []
        var index = 0
        while index < text.count {
            var name: [UInt8] = []
            while index < text.count, text[index] != UInt8(ascii: "=") {
                name.append(text[index])
                index += 1
            }
            index += 2
            var value: [UInt8] = []
            while index < text.count, text[index] != UInt8(ascii: "\"") {
                if text[index] == UInt8(ascii: "\\"), index + 1 < text.count {
                    index += 1
                    value.append(text[index] == UInt8(ascii: "n") ? UInt8(ascii: "\n") : text[index])
                } else {
                    value.append(text[index])
                }
                index += 1
            }
            index += 2
            pairs.append(LabelPair(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self)))
        }
        return pairs
    }
}

/// Keeps the label texts of a family's series, packed into blocks.
///
/// A text is at a place of 31 bits: the block's number and the offset in it, in steps of eight bytes.
struct LabelTextArena {
    private(set) var blocks: [[UInt8]] = []
    private var free: [Int: [UInt32]] = [:]
    private var freeBytes = 0
    private var usedBytes = 0
    private static let blockBytes = 1 << 16
    private static let lengthBytes = 4

    /// Keeps a text and returns its place.
    ///
    /// - Complexity: the length of the text.
    mutating func insert(_ text: [UInt8]) -> UInt32 {
        let size = Self.size(text.count)
        usedBytes += size
        if let place = free[size]?.popLast() {
            freeBytes -= size
            write(text, at: place)
            return place
        }
        if let last = blocks.indices.last, blocks[last].count + size <= Self.capacity(ofBlock: last) {
            let place = UInt32(last << 13 | blocks[last].count >> 3)
            append(text, size: size, to: last)
            return place
        }
        blocks.append([])
        let block = blocks.count - 1
        blocks[block].reserveCapacity(max(size, Self.capacity(ofBlock: block)))
        append(text, size: size, to: block)
        return UInt32(block << 13)
    }

    /// Gives the room of a text to later ones.
    mutating func remove(_ place: UInt32) {
        let size = Self.size(length(at: place))
        free[size, default: []].append(place)
        freeBytes += size
        usedBytes -= size
    }

    /// Whether more room is free than taken, and much: texts of ever new lengths do not fit into the room of others.
    var isWasteful: Bool { freeBytes > usedBytes + Self.toleratedWaste }

    static let toleratedWaste = 1 << 20

    /// Whether the places have no number left for another block: 16 gigabytes of texts.
    var isFull: Bool { blocks.count >= (1 << 18) - 1 }

    /// Hands the text at a place to a closure.
    func withText<R>(at place: UInt32, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
        let (block, offset) = (Int(place >> 13), Int(place & 0x1fff) << 3)
        let start = offset + Self.lengthBytes
        let all = blocks.span
        return try body(all[block].span.extracting(start..<start + length(at: place)))
    }

    private func length(at place: UInt32) -> Int {
        let (block, offset) = (Int(place >> 13), Int(place & 0x1fff) << 3)
        return (0..<Self.lengthBytes).reduce(0) { $0 | Int(blocks[block][offset + $1]) << ($1 * 8) }
    }

    private static func size(_ length: Int) -> Int { (length + lengthBytes + 7) & ~7 }

    private static func capacity(ofBlock block: Int) -> Int { min(blockBytes, 1024 << min(block, 6)) }

    private mutating func append(_ text: [UInt8], size: Int, to block: Int) {
        for index in 0..<Self.lengthBytes { blocks[block].append(UInt8(truncatingIfNeeded: text.count >> (index * 8))) }
        blocks[block].append(contentsOf: text)
        blocks[block].append(contentsOf: repeatElement(0, count: size - text.count - Self.lengthBytes))
    }

    private mutating func write(_ text: [UInt8], at place: UInt32) {
        let (block, offset) = (Int(place >> 13), Int(place & 0x1fff) << 3)
        for index in 0..<Self.lengthBytes {
            blocks[block][offset + index] = UInt8(truncatingIfNeeded: text.count >> (index * 8))
        }
        blocks[block].replaceSubrange(offset + Self.lengthBytes..<offset + Self.lengthBytes + text.count, with: text)
    }
}
