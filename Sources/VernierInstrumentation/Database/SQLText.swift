/// Texts in SQL as logs may show them.
package enum SQLText {
    /// The text with `?` in place of each text, blob and number, its gaps made single blanks, cut at a number of bytes.
    ///
    /// So what a host has written into the text itself stays out of logs, as parameters do (OpenTelemetry, "Sanitization of db.query.text").
    ///
    /// - Complexity: linear in `limit`, whatever the length of the text, apart from one piece that reaches over it.
    package static func sanitized(_ sql: some StringProtocol, limit: Int) -> String {
        var result: [UInt8] = []
        var scanner = SQLScanner(sql.utf8)
        while let (token, range) = scanner.next() {
            guard result.count < limit else {
                // A cut inside a character leaves bytes that are replaced below.
                return String(decoding: result.prefix(limit), as: UTF8.self) + "…"
            }
            switch token {
            case .literal: result.append(UInt8(ascii: "?"))
            case .gap: if !result.isEmpty, result.last != UInt8(ascii: " ") { result.append(UInt8(ascii: " ")) }
            default: result.append(contentsOf: sql.utf8[range])
            }
        }
        while result.last == UInt8(ascii: " ") { result.removeLast() }
        guard result.count > limit else { return String(decoding: result, as: UTF8.self) }
        return String(decoding: result.prefix(limit), as: UTF8.self) + "…"
    }
}
