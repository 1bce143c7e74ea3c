import Vernier

/// The labels of requests that have ended; there are five where labels by position are four.
///
/// Method and status are one value to the key, the number of both.
struct HTTPClientLabels: LabelSchema {
    /// A method and a status.
    struct Outcome: LabelValue {
        let method: RequestMethod
        let status: ResponseStatus

        private var number: Int { method.labelIndex * 1_000 + status.number }
        var labelText: String { String(number) }
        var labelKey: LabelKey { LabelKey(decimal: number) }
    }
    typealias Values = (method: RequestMethod, server: ServerName, status: ResponseStatus, error: String)

    private let base = Labels4(
        Label<Outcome>("outcome"), Label<String>("address"), Label<ServerPort>("port"), Label<String>("error"))
    let names = ["http_request_method", "server_address", "server_port", "http_response_status_code", "error_type"]

    var finiteTexts: [[String]?] { names.map { _ in nil } }

    func index(of values: Values) -> Int { 0 }

    func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        let outcome = Outcome(method: values.method, status: values.status)
        return base.key(of: (outcome, values.server.address, ServerPort(values.server.port), values.error), seeds)
    }

    func texts(of values: Values) -> [String] {
        let server = values.server
        return [
            values.method.labelText, server.address, ServerPort(server.port).labelText, values.status.labelText,
            values.error,
        ]
    }
}

/// A port as a label; an empty one where it is not known.
struct ServerPort: LabelValue {
    private let number: Int?

    init(_ number: Int?) { self.number = number }

    var labelText: String { number.map { String($0) } ?? "" }
    var labelKey: LabelKey { number.map { LabelKey(decimal: $0) } ?? LabelKey("") }
}
