import Vernier

/// A request's head while its lines come in (RFC 9112, sections 3, 5 and 6).
struct RequestHead: Sendable {
    private(set) var method = ""
    private(set) var target = RequestTarget.root
    private(set) var version = HTTPVersion.http11
    private(set) var headers = HTTPHeaders()

    /// The methods of RFC 9110 section 9 and RFC 5789 that have a path; `CONNECT` is for proxies.
    private static let knownMethods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
    ]

    var request: HTTPRequest {
        HTTPRequest(method: method, path: target.path, query: target.query, headers: headers, version: version)
    }

    /// Reads `method SP target SP version`, with exactly one space each (RFC 9112, section 3).
    mutating func readRequestLine(_ line: ArraySlice<UInt8>) throws(HTTPRequestError) {
        let parts = line.split(separator: .space, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(\.isTokenCharacter) else {
            throw .malformed("the request line is not `method target version`")
        }
        version = try RequestHead.version(parts[2])
        method = String(decoding: parts[0], as: UTF8.self)
        guard RequestHead.knownMethods.contains(method) else { throw .unknownMethod }
        guard let target = RequestTarget(parts[1]) else {
            throw .malformed("the request target is not a path such as /metrics")
        }
        self.target = target
    }

    /// A later 1.x is read as 1.1, any other major version is refused (RFC 9110, section 2.5).
    private static func version(_ text: ArraySlice<UInt8>) throws(HTTPRequestError) -> HTTPVersion {
        let digits = text.dropFirst(5)
        guard text.prefix(5).elementsEqual("HTTP/".utf8), digits.count == 3, let major = digits.first, major.isDigit,
            digits[digits.startIndex + 1] == UInt8(ascii: "."), let minor = digits.last, minor.isDigit
        else { throw .malformed("the version is not HTTP/1.1") }
        guard major == UInt8(ascii: "1") else { throw .versionNotSupported }
        return minor == UInt8(ascii: "0") ? .http10 : .http11
    }

    /// Reads `name ":" value`.
    ///
    /// A folded line starts with a blank and a space before the colon is no part of a name: both are shapes that servers read
    /// differently, so both are refused (RFC 9112, sections 5.1 and 5.2).
    mutating func readField(_ line: ArraySlice<UInt8>) throws(HTTPRequestError) {
        guard let colon = line.firstIndex(of: .colon), colon > line.startIndex,
            line[..<colon].allSatisfy(\.isTokenCharacter)
        else { throw .malformed("a header field is not `name: value`") }
        var value = line[(colon + 1)...].drop(while: \.isBlank)
        while let last = value.last, last.isBlank { value.removeLast() }
        guard value.allSatisfy(\.isFieldValueCharacter) else {
            throw .malformed("a header field holds a control character")
        }
        headers.add(
            name: String(decoding: line[..<colon], as: UTF8.self), value: String(decoding: value, as: UTF8.self))
    }

    /// Checks the fields that decide where the request ends, and returns how long its body is.
    func bodyLength(limit: Int) throws(HTTPRequestError) -> Int {
        // RFC 9112, section 3.2: exactly one Host in HTTP/1.1, never two.
        let hosts = headers.count(of: "Host")
        guard hosts == 1 || (hosts == 0 && version == .http10) else {
            throw .malformed("there must be exactly one Host field")
        }
        guard headers["Host"]?.utf8.allSatisfy(RequestHead.mayStandInHost) ?? true else {
            throw .malformed("the Host field is not a host")
        }
        let lengths = headers.count(of: "Content-Length")
        if headers.count(of: "Transfer-Encoding") > 0 {
            // RFC 9112, section 6.1: both together, or a transfer coding in HTTP/1.0, are signs of request smuggling.
            guard lengths == 0, version == .http11 else { throw .malformed("the length of the body is ambiguous") }
            throw .transferCodingNotSupported
        }
        guard lengths <= 1 else { throw .malformed("there are several Content-Length fields") }
        var length = 0
        if let text = headers["Content-Length"] {
            guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else {
                throw .malformed("Content-Length is not a number")
            }
            guard let number = Int(text), number <= limit else { throw .bodyTooLarge }
            length = number
        }
        guard headers.count(of: "Expect") == 0 else { throw .expectationFailed }
        return length
    }

    private static func mayStandInHost(_ octet: UInt8) -> Bool {
        octet.isVisible && !"/?#@,\\".utf8.contains(octet)
    }
}
