/// The header fields of a request or a response, in the order in which they came.
///
/// Names compare without regard to ASCII case (RFC 9110, section 5.1). A look-up walks the list: a scrape carries a handful
/// of fields, and their number is bounded by the decoder.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One header field.
    public struct Field: Sendable, Equatable {
        /// The field's name as it was written.
        public var name: String
        /// The field's value without surrounding white space.
        public var value: String

        /// Makes a field.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields in order, repeated names included.
    public private(set) var fields: [Field]

    /// Makes an empty list.
    public init() {
        fields = []
    }

    /// Makes a list from names and values; a name may repeat.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// Adds a field at the end, keeping those of the same name.
    public mutating func add(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// The values of all fields of that name joined with `", "`, or nil when there is none (RFC 9110, section 5.3).
    public subscript(name: String) -> String? {
        var joined: String?
        for field in fields where equalIgnoringCase(field.name, name) {
            if let earlier = joined {
                joined = earlier + ", " + field.value
            } else {
                joined = field.value
            }
        }
        return joined
    }

    /// How many fields have that name.
    public func count(of name: String) -> Int {
        fields.reduce(0) { $0 + (equalIgnoringCase($1.name, name) ? 1 : 0) }
    }

    /// Whether the comma-separated list in the fields of that name holds `token`, without regard to ASCII case.
    public func contains(token: String, in name: String) -> Bool {
        guard let list = self[name] else { return false }
        return list.utf8.split(separator: UInt8(ascii: ",")).contains { item in
            let trimmed = item.drop { $0.isBlank }
            guard let last = trimmed.lastIndex(where: { !$0.isBlank }) else { return false }
            return equalIgnoringCase(trimmed[...last], token.utf8)
        }
    }
}
