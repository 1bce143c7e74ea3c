/// Writing JSON, as far as programs of proofs need it.
package enum JSON {
    /// A number that reads back as the same bits, or a string for what JSON does not have.
    package static func number(_ value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Inf\"" : "\"+Inf\"" }
        return value.description
    }

    /// A string in ASCII.
    package static func text(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case UInt16(UInt8(ascii: "\"")): result += "\\\""
            case UInt16(UInt8(ascii: "\\")): result += "\\\\"
            case 0x20..<0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// An object of values that are JSON already.
    package static func object(_ members: KeyValuePairs<String, String>) -> String {
        "{" + members.map { "\(text($0.key)):\($0.value)" }.joined(separator: ",") + "}"
    }

    /// A list of values that are JSON already.
    package static func list(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }
}
