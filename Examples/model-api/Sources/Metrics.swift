import Vernier
import VernierInstrumentation

/// What the server measures besides its requests, which the middleware does.
struct ModelAPIMetrics: Sendable {
    /// Predictions, their errors against the truth, and their drift.
    let models: ModelMetrics
    /// Scans that were predicted before.
    let cache: CacheMetrics
    /// How content clients are with the time that a prediction takes.
    let satisfaction: Apdex
    /// Tokens, time to the first one, and how answers end, by model and feature.
    let generative: GenerativeMetrics
    /// What people do with the text models.
    let features: FeatureMetrics

    /// Declares all of them.
    init(registry: Registry = .current) {
        var limits = ModelMetrics.Limits()
        limits.window = 500
        limits.pending = 10_000
        models = ModelMetrics(limits: limits, registry: registry)
        cache = CacheMetrics("predictions", registry: registry)
        satisfaction = Apdex("predict", target: .milliseconds(50), registry: registry)
        generative = GenerativeMetrics(provider: "local", registry: registry)
        features = FeatureMetrics(registry: registry)
    }
}

extension ModelAPIMetrics {
    /// An answer whose words are counted and timed on their way.
    func metered(
        _ route: AIRouter.Route, of feature: Feature
    ) -> GeneratedSequence<AsyncThrowingStream<String, any Error>> {
        let call = generative.call(.chat, model: route.model.name.rawValue, feature: feature.rawValue)
        return route.answer().metered(by: call, inputTokens: route.tokens.count)
    }
}

/// What this product alone wants to know, as typed instruments of its own.
struct FeatureMetrics: Sendable {
    let questions: CounterFamily<Labels2<UserKind, ModelName>>
    let ratings: HistogramFamily<Labels1<ModelName>>
    let concepts: CounterFamily<Labels1<Field>>
    let sessions: Histogram
    let questsStarted: CounterFamily<Labels1<Difficulty>>
    let questsCompleted: CounterFamily<Labels1<Difficulty>>
    let refusals: CounterFamily<Labels2<Feature, AIRouter.Refusal>>

    init(registry: Registry) {
        questions = CounterFamily(
            "ask_questions", help: "Questions asked.",
            labels: .of(Label<UserKind>("user_type"), Label<ModelName>("ai_model")),
            registry: registry)
        ratings = HistogramFamily(
            "ask_user_satisfaction_stars", help: "How content users were with an answer, in stars.",
            buckets: [1, 2, 3, 4, 5], labels: .of(Label<ModelName>("ai_model")), registry: registry)
        concepts = CounterFamily(
            "explore_concepts_viewed", help: "Concepts explored.", labels: .of(Label<Field>("concept_category")),
            registry: registry)
        sessions = Histogram(
            "explore_session_duration", unit: .seconds, help: "How long an exploration lasted.",
            buckets: [30, 60, 120, 300, 600, 1_200, 1_800], registry: registry)
        let difficulty = Label<Difficulty>("difficulty")
        questsStarted = CounterFamily(
            "quests_started", help: "Quests begun.", labels: .of(difficulty), registry: registry)
        questsCompleted = CounterFamily(
            "quests_completed", help: "Quests completed.", labels: .of(difficulty), registry: registry)
        refusals = CounterFamily(
            "ai_router_refusals", help: "Prompts that no model was given.",
            labels: .of(Label<Feature>("feature"), Label<AIRouter.Refusal>("error_type")), registry: registry)
    }
}
