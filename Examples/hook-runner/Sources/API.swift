import ExampleServer
import ExampleSupport
import HTTPTypes
import Hummingbird
import NIOCore
import VernierHummingbird

extension HookSystem.Invocation: ResponseEncodable {}

/// What a search says.
private struct Found: ResponseEncodable {
    let hits: [MemoryStore.Hit]
}

/// What the store holds after it was brought up to date.
private struct Indexed: ResponseEncodable {
    let entries: Int
    let bytes: Int
}

/// The routes on which hooks are invoked and texts are found.
func makeRouter(_ hooks: HookSystem, _ memory: MemorySystem?) -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: HTTPMetricsMiddleware())

    router.post("hooks/:type") { request, context in
        let type = try context.parameters.require("type")
        guard hooks.hooks[type] != nil else {
            throw HTTPError(.notFound, message: "No such hook is configured.")
        }
        do {
            // A client that goes away, or closes its side, takes its hook with it.
            let invocation = try await request.body.consumeWithCancellationOnInboundClose { body in
                let input = try await body.collect(upTo: HookSystem.inputLimit)
                return try await hooks.run(type, input: Array(input.readableBytesView))
            }
            var response = try invocation.response(from: request, context: context)
            // Nothing is read from the connection any more.
            response.headers[.connection] = "close"
            return response
        } catch HookSystem.Refusal.busy {
            throw HTTPError(.serviceUnavailable, message: "Too many hooks are running.")
        }
    }

    guard let memory else { return router }

    router.get("memory/search") { request, _ in
        let query = request.uri.queryParameters
        guard let text = query["q"].map(String.init), !text.isEmpty, text.utf8.count <= 1000 else {
            throw HTTPError(.badRequest, message: "Say what to search, in a thousand bytes: ?q=words")
        }
        guard let type = SearchType(rawValue: String(query["type"] ?? "hybrid")) else {
            throw HTTPError(.badRequest, message: "The type of a search is keyword, semantic or hybrid.")
        }
        let limit = try request.number("limit", in: 1...100, default: 10)
        return Found(hits: try await memory.search(text, type, limit: limit))
    }

    router.post("memory/index") { _, _ in
        do {
            let size = try await memory.index()
            return Indexed(entries: size.entries, bytes: size.bytes)
        } catch let problem as Problem {
            throw HTTPError(.serviceUnavailable, message: problem.description)
        }
    }
    return router
}
