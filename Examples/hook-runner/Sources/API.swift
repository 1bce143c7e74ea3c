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
        let input = try await request.body.collect(upTo: 1 << 20)
        do {
            return try await hooks.run(context.parameters.require("type"), input: Array(input.readableBytesView))
        } catch HookSystem.Refusal.unknownHook {
            throw HTTPError(.notFound, message: "No such hook is configured.")
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
        let limit = query["limit"].flatMap { Int($0) } ?? 10
        guard (1...100).contains(limit) else { throw HTTPError(.badRequest, message: "The limit is 1 to 100.") }
        return Found(hits: try await memory.search(text, type, limit: limit))
    }

    router.post("memory/index") { _, _ in
        let size = try await memory.index()
        return Indexed(entries: size.entries, bytes: size.bytes)
    }
    return router
}
