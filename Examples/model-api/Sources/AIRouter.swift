import Synchronization
import Vernier

/// Sends each prompt to the model that suits it.
struct AIRouter: Sendable {
    /// Why a prompt gets no answer.
    enum Refusal: String, Error, FiniteLabel {
        case emptyPrompt = "empty_prompt"
        case promptTooLong = "prompt_too_long"
    }

    /// A model and what it was given.
    struct Route: Sendable {
        let model: TextModel
        let tokens: [String]
        let limit: Int
        let seed: UInt64
        let patience: Duration

        /// The answer, word by word.
        func answer() -> AsyncThrowingStream<String, any Error> {
            model.answer(to: tokens, limit: limit, seed: seed, within: patience)
        }
    }

    /// After what time an answer is given up.
    var patience = Duration.seconds(10)

    let sprint = TextModel(
        .sprint, order: 1, readingPace: .microseconds(200), writingPace: .milliseconds(2), window: 200,
        text: Corpus.text)
    let scholar = TextModel(
        .scholar, order: 2, readingPace: .milliseconds(1), writingPace: .milliseconds(12), window: 400,
        text: Corpus.text)

    /// Chooses a model: the one that was asked for, else the slow one for quests and for prompts of many words.
    func route(_ prompt: Prompt, of feature: Feature, seed: UInt64) throws(Refusal) -> Route {
        let tokens = TextModel.tokens(of: prompt.text)
        guard !tokens.isEmpty else { throw .emptyPrompt }
        let name = prompt.model ?? (feature == .quest || tokens.count > 30 ? .scholar : .sprint)
        let model = name == .sprint ? sprint : scholar
        guard tokens.count <= model.window else { throw .promptTooLong }
        return Route(
            model: model, tokens: tokens, limit: min(max(prompt.limit ?? 40, 1), 400), seed: seed, patience: patience)
    }
}
