import ExampleServer
import Hummingbird
import VernierInstrumentation

extension Predictions {
    /// `POST /predict/{model}`, `POST /truth`, and `GET /scans` for trying them out.
    func addRoutes(to router: Router<some RequestContext>) {
        router.post("/predict/{model}") { [self] request, context in
            let target = try context.parameters.require("model", as: Target.self)
            let scan = try await request.decode(as: Scan.self, context: context)
            guard scan.isSensible else {
                throw HTTPError(.unprocessableContent, message: Scan.bounds)
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
            let count = try request.number("count", in: 1...1_000, default: 20)
            let seed = try request.number("seed", in: 0...1_000_000, default: 1_000)
            return FinishedScan.made(count, seed: UInt64(seed))
        }
    }
}

extension FinishedScan: ResponseCodable {}
