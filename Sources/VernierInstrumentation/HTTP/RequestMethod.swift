public import Vernier

/// The method of an HTTP request as a label: one of eleven, whatever a peer sends.
///
/// ```swift
/// let method = RequestMethod("GET")        // .get
/// let odd = RequestMethod("BREW")          // .other, shown as `_OTHER`
/// ```
///
/// The known methods are those of RFC 9110, `PATCH` (RFC 5789) and `QUERY`; anything else, other spellings included, is `_OTHER`
/// (OpenTelemetry semantic conventions, "HTTP", `http.request.method`).
public enum RequestMethod: String, FiniteLabel {
    /// `GET`.
    case get = "GET"
    /// `HEAD`.
    case head = "HEAD"
    /// `POST`.
    case post = "POST"
    /// `PUT`.
    case put = "PUT"
    /// `DELETE`.
    case delete = "DELETE"
    /// `CONNECT`.
    case connect = "CONNECT"
    /// `OPTIONS`.
    case options = "OPTIONS"
    /// `TRACE`.
    case trace = "TRACE"
    /// `PATCH`.
    case patch = "PATCH"
    /// `QUERY`.
    case query = "QUERY"
    /// Any other method.
    case other = "_OTHER"

    /// Makes the label of a method as it stands in a request; methods are case-sensitive (RFC 9110, section 9.1).
    ///
    /// - Complexity: constant: not a byte of a short string is looked at; no allocation.
    @inlinable
    public init(_ text: some StringProtocol) {
        self.init(String(text))
    }

    /// Makes the label of a method as it stands in a request.
    ///
    /// - Complexity: as above.
    @inlinable
    public init(_ text: borrowing String) {
        self.init(LabelKey(text))
    }

    /// Makes the label of the method with a key: of at most fifteen bytes, the first in the lowest place, below their count.
    @inlinable
    init(_ key: LabelKey) {
        self =
            switch (key.low, key.high &>> 56) {
            case (0x54_4547, 3): .get
            case (0x4441_4548, 4): .head
            case (0x5453_4f50, 4): .post
            case (0x54_5550, 3): .put
            case (0x4554_454c_4544, 6): .delete
            case (0x54_4345_4e4e_4f43, 7): .connect
            case (0x53_4e4f_4954_504f, 7): .options
            case (0x45_4341_5254, 5): .trace
            case (0x48_4354_4150, 5): .patch
            case (0x59_5245_5551, 5): .query
            default: .other
            }
    }
}
