/// The text of Base64 with padding (RFC 4648, section 4).
func base64(_ octets: some Collection<UInt8>) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((octets.count + 2) / 3 * 4)
    var rest = octets[...]
    while !rest.isEmpty {
        let group = Array(rest.prefix(3))
        rest = rest.dropFirst(3)
        var bits = 0
        for index in 0..<3 { bits = bits << 8 | (index < group.count ? Int(group[index]) : 0) }
        for index in 0..<4 {
            result.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 0x3F] : UInt8(ascii: "="))
        }
    }
    return result
}
