#if SQLite
    /// Tells the statements that SQLite runs inside of another, as full-text search and `VACUUM` do, from those of the host.
    ///
    /// SQLite puts `-- ` before the text of such a statement where it tells its beginning, but not where it tells its end. So the texts are kept
    /// between the two, at most a few: one whose end is not told, as that of a trigger, makes room. Full-text search has ends told twice in a row.
    struct InnerStatements {
        private static let capacity = 16
        private static let mark = "-- "

        private var texts: [String] = []
        /// That which ended just now.
        private var last: String?

        /// A statement begins.
        mutating func note(_ sql: String) {
            last = nil
            guard sql.hasPrefix(Self.mark) else {
                // The host may run what a trigger has run.
                if !texts.isEmpty { texts.removeAll { [sql = Self.trimmed(sql[...])] in $0 == sql } }
                return
            }
            if texts.count == Self.capacity { texts.removeFirst() }
            texts.append(Self.trimmed(sql.dropFirst(Self.mark.count)))
        }

        /// Whether a statement that has ended is one of these.
        mutating func isInner(_ sql: String) -> Bool {
            guard last != nil || !texts.isEmpty else { return false }
            let text = Self.trimmed(sql[...])
            if let index = texts.lastIndex(of: text) {
                texts.remove(at: index)
                last = text
            } else if text != last {
                last = nil
            }
            return text == last
        }

        /// Without blanks and semicolons around it, as GRDB tells the text of a statement's end.
        private static func trimmed(_ sql: Substring) -> String {
            let isGap = { (character: Character) in character.isWhitespace || character == ";" }
            var rest = sql.drop(while: isGap)
            while let last = rest.last, isGap(last) { rest.removeLast() }
            return String(rest)
        }
    }
#endif
