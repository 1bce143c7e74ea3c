#if Gzip
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
            for element in header.utf8.split(separator: UInt8(ascii: ",")) {
                let parts = element.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
                guard let first = parts.first, let quality = quality(parts.dropFirst()) else { continue }
                let coding = trimmed(first)
                if equalIgnoringCase(coding, "gzip".utf8) || equalIgnoringCase(coding, "x-gzip".utf8) {
                    gzip = max(gzip ?? 0, quality)
                } else if equalIgnoringCase(coding, "identity".utf8) {
                    identity = max(identity ?? 0, quality)
                } else if coding.elementsEqual("*".utf8) {
                    wildcard = max(wildcard ?? 0, quality)
                }
            }
            let compressed = gzip ?? wildcard ?? 0
            // What is not named at all is acceptable, and less welcome than what is.
            return compressed > 0 && compressed >= identity ?? 0
        }

        /// The weight in thousandths, 1,000 without one; `nil` when it is malformed.
        private static func quality(_ parameters: some Sequence<Substring.UTF8View.SubSequence>) -> Int? {
            var result = 1000
            for parameter in parameters {
                let text = trimmed(parameter)
                guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equalIgnoringCase(text[..<equals], "q".utf8)
                else { return nil }
                guard let value = thousandths(text[text.index(after: equals)...]) else { return nil }
                result = value
            }
            return result
        }

        /// Reads digits with at most one point; above 1 is 1, and places past the third are dropped.
        private static func thousandths(_ text: some Sequence<UInt8>) -> Int? {
            var (result, unit) = (0, 1000)
            var (hasPoint, hasDigit) = (false, false)
            for byte in text {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"):
                    let digit = Int(byte - UInt8(ascii: "0"))
                    if hasPoint { unit /= 10 } else { result *= 10 }
                    result = min(result + digit * unit, 1000)
                    hasDigit = true
                case UInt8(ascii: ".") where !hasPoint: hasPoint = true
                default: return nil
                }
            }
            return hasDigit ? result : nil
        }

        private static func trimmed(_ text: Substring.UTF8View.SubSequence) -> Substring.UTF8View.SubSequence {
            var text = text
            while text.first?.isBlank ?? false { text.removeFirst() }
            while text.last?.isBlank ?? false { text.removeLast() }
            return text
        }
    }
#endif
