import Hummingbird
import Vernier

/// What people do with the text models.
enum Feature: String, FiniteLabel, Codable {
    case ask, explore, quest
}

/// Which text model answers.
enum ModelName: String, FiniteLabel, Codable {
    /// Looks back one word, and is quick.
    case sprint
    /// Looks back two words, and takes its time.
    case scholar
}

/// Who asks.
enum UserKind: String, FiniteLabel, Codable {
    case guest, member
}

/// What a concept belongs to.
enum Field: String, FiniteLabel, Codable {
    case ethics, knowledge, freedom, language
}

/// How hard a quest is.
enum Difficulty: String, FiniteLabel, Codable {
    case easy, hard
}

/// What is sent to a feature.
struct Prompt: Codable, Sendable {
    var text: String
    /// The model of one's choice; otherwise the router chooses.
    var model: ModelName?
    /// Whether the answer comes word by word.
    var stream: Bool?
    /// The longest answer, in words.
    var limit: Int?
    /// Who asks, what is explored and how hard the quest is; each with one feature.
    var user: UserKind?
    var field: Field?
    var difficulty: Difficulty?
}

/// A whole answer.
struct Answer: ResponseCodable, Sendable {
    var model: ModelName
    var text: String
    var inputTokens: Int
    var outputTokens: Int
}

/// How content a user was with an answer: one to five.
struct Rating: Codable, Sendable {
    var model: ModelName
    var stars: Int
}

/// The end of an exploration, told by the client.
struct Exploration: Codable, Sendable {
    var seconds: Double
}

/// A quest that was completed.
struct CompletedQuest: Codable, Sendable {
    var difficulty: Difficulty
}
