/// A request target taken apart and decoded (RFC 9112, section 3.2; RFC 3986, sections 2.1 and 3).
struct RequestTarget: Sendable {
    let path: String
    let query: [HTTPRequest.QueryItem]

    /// Returns nil for a target with an octet that may not stand there, a broken `%xx` or a form that only proxies take.
    init?(_ octets: ArraySlice<UInt8>) {
        guard octets.allSatisfy(\.isVisible), let rest = RequestTarget.withoutAuthority(octets) else { return nil }
        // A fragment is never sent (RFC 9110, section 4.2.5); a `#` here is somebody's mistake.
        guard !rest.contains(UInt8(ascii: "#")) else { return nil }
        let mark = rest.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
        guard let path = RequestTarget.decoded(rest[..<mark], plusIsSpace: false) else { return nil }
        self.path = path.isEmpty ? "/" : path
        guard mark < rest.endIndex else {
            query = []
            return
        }
        var items: [HTTPRequest.QueryItem] = []
        for part in rest[(mark + 1)...].split(separator: UInt8(ascii: "&")) {
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = RequestTarget.decoded(part[..<equals], plusIsSpace: true),
                let value = RequestTarget.decoded(part[equals...].dropFirst(), plusIsSpace: true)
            else { return nil }
            items.append(HTTPRequest.QueryItem(name: name, value: value))
        }
        query = items
    }

    /// What follows `http://authority`, or the target itself when it starts with a slash or is `*`.
    private static func withoutAuthority(_ octets: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if octets.first == UInt8(ascii: "/") || octets.elementsEqual("*".utf8) { return octets }
        for scheme in ["http://", "https://"] where equalIgnoringCase(octets.prefix(scheme.utf8.count), scheme.utf8) {
            let authority = octets.dropFirst(scheme.utf8.count)
            let end = authority.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? authority.endIndex
            return end > authority.startIndex ? authority[end...] : nil
        }
        return nil
    }

    /// The text with each `%xx` replaced, or nil when one is broken; octets that are not UTF-8 are repaired.
    private static func decoded(_ octets: ArraySlice<UInt8>, plusIsSpace: Bool) -> String? {
        guard octets.contains(where: { $0 == .percent || (plusIsSpace && $0 == UInt8(ascii: "+")) }) else {
            return String(decoding: octets, as: UTF8.self)
        }
        var result: [UInt8] = []
        result.reserveCapacity(octets.count)
        var index = octets.startIndex
        while index < octets.endIndex {
            let octet = octets[index]
            if octet == .percent {
                guard octets.endIndex - index > 2, let high = octets[index + 1].hexadecimalValue,
                    let low = octets[index + 2].hexadecimalValue
                else { return nil }
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(plusIsSpace && octet == UInt8(ascii: "+") ? .space : octet)
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension RequestTarget {
    /// The target `/`.
    static let root = RequestTarget(path: "/", query: [])

    private init(path: String, query: [HTTPRequest.QueryItem]) {
        self.path = path
        self.query = query
    }
}
