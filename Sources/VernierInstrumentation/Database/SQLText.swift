/// Texts in SQL as logs may show them.
package enum SQLText {
    /// The text with `?` in place of each text, blob and number, its gaps made single blanks, cut at a number of bytes.
    ///
    /// So what a host has written into the text itself stays out of logs, as parameters do (OpenTelemetry, "Sanitization of db.query.text").
    /// `PRAGMA` and `ATTACH` take values without quotes, or in those of names, and among them keys of encryption: of a `PRAGMA` its
    /// name is left, of an `ATTACH` the names without quotes before `KEY`.
    ///
    /// - Complexity: linear in `limit`, whatever the length of the text, apart from one piece that reaches over it.
    package static func sanitized(_ sql: some StringProtocol, limit: Int) -> String {
        var result: [UInt8] = []
        var scanner = SQLScanner(sql.utf8)
        let operation = DatabaseOperation(sql: sql)
        pieces: while let (token, range) = scanner.next() {
            guard result.count < limit else {
                // A cut inside a character leaves bytes that are replaced below.
                return String(decoding: result.prefix(limit), as: UTF8.self) + "…"
            }
            switch token {
            case .literal: result.append(UInt8(ascii: "?"))
            case .gap: if !result.isEmpty, result.last != UInt8(ascii: " ") { result.append(UInt8(ascii: " ")) }
            case .other where operation == "ATTACH" && isQuoted(sql.utf8[range]): result.append(UInt8(ascii: "?"))
            default:
                let piece = sql.utf8[range]
                result.append(contentsOf: piece)
                guard let rest = rest(after: piece, token, operation) else { continue }
                result.append(contentsOf: rest.utf8)
                break pieces
            }
        }
        while result.last == UInt8(ascii: " ") { result.removeLast() }
        guard result.count > limit else { return String(decoding: result, as: UTF8.self) }
        return String(decoding: result.prefix(limit), as: UTF8.self) + "…"
    }

    /// What to show in place of all that follows a piece, if that may be a value in whatever form.
    private static func rest(
        after piece: some Collection<UInt8>, _ token: SQLToken, _ operation: DatabaseOperation
    ) -> String? {
        switch operation {
        case "PRAGMA" where token == .opening: "?)"
        case "PRAGMA" where piece.elementsEqual("=".utf8): " ?"
        case "ATTACH" where token == .word && piece.elementsEqual("KEY".utf8, by: { $0 & 0xDF == $1 }): " ?"
        default: nil
        }
    }

    private static func isQuoted(_ piece: some Collection<UInt8>) -> Bool {
        piece.first.map { "\"`[".utf8.contains($0) } ?? false
    }
}
