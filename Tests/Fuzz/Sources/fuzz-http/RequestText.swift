import VernierExporter

/// A request as a client would write it.
struct RequestText {
    private(set) var octets: [UInt8] = []

    init(_ request: HTTPRequest) {
        var target = RequestText.escaped(request.path)
        if request.path == "*" { target = "*" }
        let items = request.query.map { RequestText.escaped($0.name) + "=" + RequestText.escaped($0.value) }
        if !items.isEmpty { target += "?" + items.joined(separator: "&") }
        var text = "\(request.method) \(target) HTTP/\(request.version == .http10 ? "1.0" : "1.1")\r\n"
        for field in request.headers.fields { text += "\(field.name):\(field.value)\r\n" }
        octets = Array((text + "\r\n").utf8)
        if let length = request.headers["Content-Length"].flatMap({ Int($0) }) {
            octets += Array(repeating: UInt8(ascii: "\n"), count: length)
        }
    }

    /// All but letters, digits and slashes as `%xx`.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var result: [UInt8] = []
        for octet in text.utf8 {
            switch octet {
            case 0x2F...0x39, 0x41...0x5A, 0x61...0x7A: result.append(octet)
            default: result += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// Where a request ends, told without reading it.
enum Extent {
    /// The length of the first request in some octets: up to the first empty line behind another, and the body.
    static func length(of octets: ArraySlice<UInt8>, bodyLength: String?) -> Int? {
        let leading = octets.starts(with: "\r\n".utf8) ? 2 : 0
        var index = octets.startIndex + leading
        while octets.endIndex - index >= 4 {
            if octets[index..<(index + 4)].elementsEqual("\r\n\r\n".utf8) {
                return index + 4 - octets.startIndex + (bodyLength.map { Int($0) ?? -1 } ?? 0)
            }
            index += 1
        }
        return nil
    }
}
