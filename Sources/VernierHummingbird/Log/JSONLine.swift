#if Hummingbird
    import Logging
    import VernierInstrumentation

    /// A line of the log in the making: an object of JSON (RFC 8259) that never becomes longer than its limit.
    ///
    /// A field that does not fit is left out, and `"truncated":true` says so.
    struct JSONLine {
        /// The names that a line uses itself; metadata of these names gets `metadata_` before them.
        static let ownNames: Set<String> = ["time", "level", "logger", "message", "source", "error", "truncated"]
        /// How deep lists and dictionaries may lie in each other; what is deeper is `null`.
        static let deepest = 16
        /// What the end of a line may take: the mark, the brace and the line feed.
        private static let tail = Array(",\"truncated\":true}\n".utf8)

        private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]
        private let limit: Int
        private var isTruncated = false

        /// Begins a line of at most so many bytes, its end included.
        init(limit: Int) {
            self.limit = max(limit, 256) - Self.tail.count
            bytes.reserveCapacity(512)
        }

        /// Whether more bytes were written than a line has room for.
        private var isFull: Bool { bytes.count > limit }

        /// Adds a field of text.
        mutating func add(_ name: String, _ text: some StringProtocol) {
            field(name) { $0.append(quoted: text) }
        }

        /// Adds a field of text that is cut where half of the line is full, rather than left out.
        mutating func add(_ name: String, cutting text: String) {
            let room = limit / 2
            guard text.utf8.count > room || Self.largestSize(of: text) > room else { return add(name, text) }
            isTruncated = true
            // Escaped, a byte takes up to six.
            add(name, text.prefix(upToBytes: room / 6))
        }

        /// How many bytes a text may take when it is escaped.
        private static func largestSize(of text: String) -> Int {
            text.utf8.reduce(0) { size, byte in
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): size + 2
                case 0..<0x20, 0x7F: size + 6
                // The last byte of U+2028 and U+2029, of which three become six, and of U+0080 to U+009F, of which two do.
                case 0xA8, 0xA9: size + 4
                case 0x80..<0xA0: size + 5
                default: size + 1
                }
            }
        }

        /// Adds a field of metadata.
        mutating func add(_ name: String, _ value: Logger.MetadataValue) {
            field(name) { $0.append(value, depth: 0) }
        }

        /// Adds fields of metadata, sorted by name.
        mutating func add(_ fields: Logger.Metadata) {
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                var shown = name
                if Self.ownNames.contains(name) { repeat { shown = "metadata_\(shown)" } while fields[shown] != nil }
                add(shown, value)
            }
        }

        /// The line with its end.
        consuming func finished() -> [UInt8] {
            if isTruncated {
                bytes += bytes.count == 1 ? Self.tail[1...] : Self.tail[...]
            } else {
                bytes += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
            }
            return bytes
        }

        private mutating func field(_ name: String, _ value: (inout JSONLine) -> Void) {
            let start = bytes.count
            if start > 1 { bytes.append(UInt8(ascii: ",")) }
            append(quoted: name)
            bytes.append(UInt8(ascii: ":"))
            value(&self)
            guard isFull else { return }
            bytes.removeSubrange(start...)
            isTruncated = true
        }

        private mutating func append(_ value: Logger.MetadataValue, depth: Int) {
            guard depth < Self.deepest, !isFull else { return bytes.append(contentsOf: "null".utf8) }
            switch value {
            case .string(let text): append(quoted: text)
            case .stringConvertible(let value): append(convertible: value)
            case .array(let values):
                bytes.append(UInt8(ascii: "["))
                for (index, value) in values.enumerated() where !isFull {
                    if index > 0 { bytes.append(UInt8(ascii: ",")) }
                    append(value, depth: depth + 1)
                }
                bytes.append(UInt8(ascii: "]"))
            case .dictionary(let values):
                bytes.append(UInt8(ascii: "{"))
                var isFirst = true
                for (name, value) in values.sorted(by: { $0.key < $1.key }) where !isFull {
                    if !isFirst { bytes.append(UInt8(ascii: ",")) }
                    isFirst = false
                    append(quoted: name)
                    bytes.append(UInt8(ascii: ":"))
                    append(value, depth: depth + 1)
                }
                bytes.append(UInt8(ascii: "}"))
            }
        }

        /// Appends numbers and truth values as such, anything else as text.
        private mutating func append(convertible value: any CustomStringConvertible & Sendable) {
            switch value {
            case let value as Bool: bytes.append(contentsOf: (value ? "true" : "false").utf8)
            case let value as any BinaryInteger: bytes.append(contentsOf: value.description.utf8)
            case let value as Double where value.isFinite: bytes.append(contentsOf: value.description.utf8)
            case let value as Float where value.isFinite: bytes.append(contentsOf: value.description.utf8)
            default: append(quoted: value.description)
            }
        }

        /// Appends a string with what RFC 8259, section 7, asks to be escaped.
        ///
        /// It stops where the line is full, as the field will then be left out. U+2028, U+2029 and the control characters from U+0080 on mean nothing
        /// in JSON, but end lines in some readers of logs or command a terminal, and are escaped as well.
        private mutating func append(quoted text: some StringProtocol) {
            bytes.append(UInt8(ascii: "\""))
            var before: (UInt8, UInt8) = (0, 0)
            for byte in text.utf8 {
                guard !isFull else { return }
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                    bytes.append(UInt8(ascii: "\\"))
                    bytes.append(byte)
                case 0x0A: bytes.append(contentsOf: "\\n".utf8)
                case 0x0D: bytes.append(contentsOf: "\\r".utf8)
                case 0x09: bytes.append(contentsOf: "\\t".utf8)
                case 0..<0x20, 0x7F: append(escaped: byte)
                case 0x80..<0xA0 where before.1 == 0xC2:
                    bytes.removeLast()
                    append(escaped: byte)
                case 0xA8 where before == (0xE2, 0x80), 0xA9 where before == (0xE2, 0x80):
                    bytes.removeLast(2)
                    bytes.append(contentsOf: (byte == 0xA8 ? "\\u2028" : "\\u2029").utf8)
                default: bytes.append(byte)
                }
                before = (before.1, byte)
            }
            bytes.append(UInt8(ascii: "\""))
        }

        private mutating func append(escaped byte: UInt8) {
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(Self.digits[Int(byte >> 4)])
            bytes.append(Self.digits[Int(byte & 15)])
        }

        private static let digits = Array("0123456789abcdef".utf8)
    }
#endif
