import Hummingbird
import VernierInstrumentation

extension Predictions {
    /// `POST /predict/{model}`, `POST /truth`, and `GET /scans` for trying them out.
    func addRoutes(to router: Router<some RequestContext>) {
        router.post("/predict/{model}") { [self] request, context in
            let target = try context.parameters.require("model", as: Target.self)
            let scan = try await request.decode(as: Scan.self, context: context)
            guard scan.isSensible else {
                throw HTTPError(.unprocessableContent, message: "No scan has so many symbols, days or filters.")
            }
            return try await metrics.satisfaction.measure { try predict(target, scan) }
        }
        router.post("/truth") { [self] request, context in
            let truth = try await request.decode(as: Truth.self, context: context)
            guard judge(truth) == .matched else {
                throw HTTPError(.notFound, message: "No prediction of that name waits for its truth.")
            }
            return HTTPResponse.Status.noContent
        }
        // Scans that the models were not fitted to, with what came of them.
        router.get("/scans") { request, _ in
            let count = request.uri.queryParameters.get("count", as: Int.self) ?? 20
            let seed = request.uri.queryParameters.get("seed", as: UInt64.self) ?? 1_000
            guard (1...1_000).contains(count) else { throw HTTPError(.badRequest, message: "count is 1 to 1000.") }
            return FinishedScan.made(count, seed: seed)
        }
    }
}

extension FinishedScan: ResponseCodable {}
