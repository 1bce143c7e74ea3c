/// Something that answers requests.
///
/// A server calls it from several threads at once. It may block: the server's limits see to it that others are still answered.
package protocol HTTPHandler: Sendable {
    /// Answers a request.
    func respond(to request: HTTPRequest) -> HTTPResponse
    /// How often a request was turned away because others were being served.
    var refusals: Int { get }
}
