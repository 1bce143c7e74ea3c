#if SQLite
    import GRDB

    extension ResultCode {
        /// The names of the primary result codes, by number.
        private static let names = [
            "OK", "ERROR", "INTERNAL", "PERM", "ABORT", "BUSY", "LOCKED", "NOMEM", "READONLY", "INTERRUPT", "IOERR",
            "CORRUPT", "NOTFOUND", "FULL", "CANTOPEN", "PROTOCOL", "EMPTY", "SCHEMA", "TOOBIG", "CONSTRAINT",
            "MISMATCH", "MISUSE", "NOLFS", "AUTH", "FORMAT", "RANGE", "NOTADB", "NOTICE", "WARNING",
        ].map { "SQLITE_\($0)" }

        /// The name of the primary result code, such as `SQLITE_BUSY`; `_OTHER` for one that is not known.
        var name: String {
            let number = Int(primaryResultCode.rawValue)
            return Self.names.indices.contains(number) ? Self.names[number] : "_OTHER"
        }
    }
#endif
