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
    /// - Complexity: constant: at most eight bytes are looked at; no allocation.
    @inlinable
    public init(_ text: some StringProtocol) {
        // The bytes one after the other behind a one, which tells a text from the same after zeros.
        var word: UInt64 = 1
        for byte in text.utf8 {
            guard word &>> 56 == 0 else {
                self = .other
                return
            }
            word = word &<< 8 | UInt64(byte)
        }
        self.init(packed: word)
    }

    /// Makes the label of a method of at most seven bytes.
    @inlinable
    init(packed word: UInt64) {
        self =
            switch word {
            case 0x147_4554: .get
            case 0x1_4845_4144: .head
            case 0x1_504f_5354: .post
            case 0x150_5554: .put
            case 0x1_4445_4c45_5445: .delete
            case 0x143_4f4e_4e45_4354: .connect
            case 0x14f_5054_494f_4e53: .options
            case 0x154_5241_4345: .trace
            case 0x150_4154_4348: .patch
            case 0x151_5545_5259: .query
            default: .other
            }
    }
}
