#if Gzip
    import Vernier

    /// What an `Accept-Encoding` header says about gzip (RFC 9110, section 12.5.3).
    ///
    /// A page goes out compressed when the client names `gzip`, or its other name `x-gzip`, or a wildcard that covers it, and does not
    /// like the page as it is better. In all other cases, a missing or broken header among them, it goes out as it is: also to a client
    /// that refuses that and names nothing that is known here, as an answer is worth more to it than none.
    enum AcceptEncoding {
        /// Whether to compress for a client that sent this header; `nil` for none.
        ///
        /// - Complexity: Linear in the length of the header.
        static func prefersGzip(_ header: String?) -> Bool {
            guard let header else { return false }
            var gzip: Int?
            var identity: Int?
            var wildcard: Int?
            var list = HeaderScanner(header)
            while !list.isAtEnd {
                if let (coding, quality) = element(&list) {
                    if list.isEqual(coding, "gzip") || list.isEqual(coding, "x-gzip") {
                        gzip = max(gzip ?? 0, quality)
                    } else if list.isEqual(coding, "identity") {
                        identity = max(identity ?? 0, quality)
                    } else if list.isEqual(coding, "*") {
                        wildcard = max(wildcard ?? 0, quality)
                    }
                }
                list.skipPastComma()
            }
            let compressed = gzip ?? wildcard ?? 0
            // What is not named at all is acceptable, and less welcome than what is.
            return compressed > 0 && compressed >= identity ?? 0
        }

        /// Reads a coding and its weight in thousandths, as there are no finer ones; `nil` when it is malformed.
        ///
        ///     element = OWS token *( OWS ";" OWS "q=" weight ) OWS
        private static func element(_ list: inout HeaderScanner) -> (coding: Range<Int>, quality: Int)? {
            list.skipWhitespace()
            guard let coding = list.readToken() else { return nil }
            var quality = HeaderScanner.fullQuality
            list.skipWhitespace()
            while list.take(UInt8(ascii: ";")) {
                list.skipWhitespace()
                guard let name = list.readToken(), list.isEqual(name, "q"), list.take(UInt8(ascii: "=")),
                    let value = list.readToken(), let weight = list.quality(value)
                else { return nil }
                quality = weight
                list.skipWhitespace()
            }
            return list.isAtEndOfElement ? (coding, quality / (HeaderScanner.fullQuality / 1000)) : nil
        }
    }
#endif
