import Vernier

/// What a model is asked to do (OpenTelemetry, attribute `gen_ai.operation.name`).
public enum GenerativeOperation: String, Sendable, Hashable, CaseIterable {
    /// An answer in a conversation.
    case chat
    /// Content of several kinds.
    case generateContent = "generate_content"
    /// A text that goes on.
    case textCompletion = "text_completion"
    /// Vectors of texts.
    case embeddings
    /// An agent to be made.
    case createAgent = "create_agent"
    /// An agent to work.
    case invokeAgent = "invoke_agent"
    /// A tool to run.
    case executeTool = "execute_tool"
}

/// The labels of all families of generative models; there are five where labels by position are four.
///
/// The operation and the provider are one value to the key.
struct GenerativeLabels: LabelSchema {
    /// The operation and who runs the model.
    struct Origin: LabelValue, Hashable {
        let operation: GenerativeOperation
        let provider: String
        var labelText: String { "\(operation.rawValue)\u{0}\(provider)" }
    }
    typealias Values = (origin: Origin, model: String, feature: String, last: String)

    private let base = Labels4(
        Label<Origin>("origin"), Label<String>("model"), Label<String>("feature"), Label<String>("last"))
    let names: [String]

    /// - Parameter last: the name of a label that only this family has; `nil` for none.
    init(_ last: String?) {
        names =
            ["gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model", "feature"]
            + (last.map { [$0] } ?? [])
    }

    var finiteTexts: [[String]?] { names.map { _ in nil } }

    func index(of values: Values) -> Int { 0 }

    func key(of values: Values, _ seeds: KeySeeds) -> SeriesKey {
        base.key(of: (values.origin, values.model, values.feature, values.last), seeds)
    }

    func texts(of values: Values) -> [String] {
        let texts = [values.origin.operation.rawValue, values.origin.provider, values.model, values.feature]
        return names.count == texts.count ? texts : texts + [values.last]
    }
}
