/// What HTTP asks of single octets. Each rule names its production of RFC 9110 or RFC 3986.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
    static let percent = UInt8(ascii: "%")

    /// Space or tab: the white space of RFC 9110, section 5.6.3.
    var isBlank: Bool { self == .space || self == .tab }

    /// `DIGIT`.
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// `VCHAR`: a visible ASCII character.
    var isVisible: Bool { self > 0x20 && self < 0x7F }

    /// What a field value may hold (RFC 9110, section 5.5): visible characters, blanks and the octets above ASCII.
    var isFieldValueCharacter: Bool { isVisible || isBlank || self >= 0x80 }

    /// The value of a hexadecimal digit, or nil.
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The same letter in lower case; anything else as it is.
    var lowercased: UInt8 {
        self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
    }
}

/// Whether two texts are equal apart from ASCII case.
func equalIgnoringCase(_ left: String, _ right: String) -> Bool {
    equalIgnoringCase(left.utf8, right.utf8)
}

/// Whether two runs of octets are equal apart from ASCII case.
func equalIgnoringCase(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    left.count == right.count && left.elementsEqual(right) { $0.lowercased == $1.lowercased }
}
