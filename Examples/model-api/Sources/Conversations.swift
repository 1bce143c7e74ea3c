import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Vernier
import VernierInstrumentation

/// What people do with the text models: ask, explore, go on quests.
final class Conversations: Sendable {
    private let router: AIRouter
    private let metrics: ModelAPIMetrics
    private let answers = Atomic<UInt64>(0)

    init(_ router: AIRouter, metrics: ModelAPIMetrics) {
        self.router = router
        self.metrics = metrics
    }

    /// `POST /ask`, `/explore`, `/quest`, and what users do after an answer.
    func addRoutes(to router: Router<some RequestContext>) {
        for feature in Feature.allCases {
            router.post("/\(feature.rawValue)") { [self] request, context in
                let prompt = try await request.decode(as: Prompt.self, context: context)
                return try await respond(to: prompt, of: feature, request, context)
            }
        }
        router.post("/ask/rating") { [self] request, context in
            let rating = try await request.decode(as: Rating.self, context: context)
            guard (1...5).contains(rating.stars) else { throw HTTPError(.badRequest, message: "stars are 1 to 5.") }
            metrics.features.ratings[rating.model].observe(Double(rating.stars))
            return HTTPResponse.Status.noContent
        }
        router.post("/explore/end") { [self] request, context in
            let exploration = try await request.decode(as: Exploration.self, context: context)
            guard (0...86_400).contains(exploration.seconds) else {
                throw HTTPError(.badRequest, message: "seconds are 0 to 86400.")
            }
            metrics.features.sessions.observe(exploration.seconds)
            return HTTPResponse.Status.noContent
        }
        router.post("/quest/end") { [self] request, context in
            let quest = try await request.decode(as: CompletedQuest.self, context: context)
            metrics.features.questsCompleted[quest.difficulty].increment()
            return HTTPResponse.Status.noContent
        }
    }

    private func respond(
        to prompt: Prompt, of feature: Feature, _ request: Request, _ context: some RequestContext
    ) async throws -> Response {
        let route: AIRouter.Route
        do {
            route = try router.route(prompt, of: feature, seed: answers.add(1, ordering: .relaxed).newValue)
        } catch {
            metrics.features.refusals[feature, error].increment()
            throw HTTPError(.badRequest, message: "The prompt cannot be answered: \(error.rawValue).")
        }
        note(prompt, feature, route.model.name)
        if prompt.stream == true { return stream(route, of: feature) }
        return try await whole(route, of: feature).response(from: request, context: context)
    }

    private func note(_ prompt: Prompt, _ feature: Feature, _ model: ModelName) {
        switch feature {
        case .ask: metrics.features.questions[prompt.user ?? .guest, model].increment()
        case .explore: metrics.features.concepts[prompt.field ?? .knowledge].increment()
        case .quest: metrics.features.questsStarted[prompt.difficulty ?? .easy].increment()
        }
    }

    /// The answer when it is complete.
    private func whole(_ route: AIRouter.Route, of feature: Feature) async throws -> Answer {
        var words: [String] = []
        do {
            for try await word in metrics.metered(route, of: feature) { words.append(word) }
        } catch is TextModel.TimedOut {
            throw HTTPError(.gatewayTimeout, message: "The model took too long.")
        }
        return Answer(
            model: route.model.name, text: words.joined(separator: " "), inputTokens: route.tokens.count,
            outputTokens: words.count)
    }

    /// The answer word by word, as events that a server sends (WHATWG HTML, "Server-sent events").
    private func stream(_ route: AIRouter.Route, of feature: Feature) -> Response {
        let words = metrics.metered(route, of: feature)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"],
            body: ResponseBody { writer in
                var count = 0
                for try await word in words {
                    count += 1
                    try await writer.write(ByteBuffer(string: "data: \(word)\n\n"))
                }
                let usage = "{\"inputTokens\":\(route.tokens.count),\"outputTokens\":\(count)}"
                try await writer.write(ByteBuffer(string: "event: end\ndata: \(usage)\n\n"))
                try await writer.finish(nil)
            })
    }
}
