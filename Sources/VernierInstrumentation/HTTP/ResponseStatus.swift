package import Vernier

/// The status code of a response as a label: at most 502 different ones.
///
/// No status, as of a request that was given up on, is an empty text, which Prometheus takes for no label. A code outside of 100 to 599,
/// of which RFC 9110, section 15, knows no class, is `_OTHER`.
package struct ResponseStatus: LabelValue {
    /// The code, 0 for none, -1 for one that is not known.
    private let code: Int

    /// Makes the label of a code.
    @inline(__always)
    package init(_ code: Int?) {
        self.code = code.map { Self.isKnown($0) ? $0 : -1 } ?? 0
    }

    /// Whether there is a class of such codes.
    @inline(__always)
    package static func isKnown(_ code: Int) -> Bool { code >= 100 && code < 600 }

    /// A number from 0 to 600 that tells it from all others.
    var number: Int { code + 1 }

    /// The digits.
    package var labelText: String { code > 0 ? String(code) : code == 0 ? "" : "_OTHER" }

    /// The key of the digits.
    package var labelKey: LabelKey {
        @inline(__always) get { code > 0 ? LabelKey(decimal: code) : LabelKey(labelText) }
    }
}
