import Testing

@testable import model_api

struct AIRouterTests {
    private let router = AIRouter()

    private func model(_ prompt: Prompt, _ feature: Feature) throws -> ModelName {
        try router.route(prompt, of: feature, seed: 1).model.name
    }

    @Test func `quests and long prompts go to the slow model, the others to the quick one`() throws {
        let long = String(repeating: "word ", count: 31)
        #expect(try model(Prompt(text: "What is freedom?"), .ask) == .sprint)
        #expect(try model(Prompt(text: "What is freedom?"), .quest) == .scholar)
        #expect(try model(Prompt(text: long), .explore) == .scholar)
        #expect(try model(Prompt(text: long, model: .sprint), .explore) == .sprint)
    }

    @Test func `a prompt without words or with too many is refused`() {
        #expect(throws: AIRouter.Refusal.emptyPrompt) { try model(Prompt(text: " \n"), .ask) }
        let endless = String(repeating: "word ", count: 500)
        #expect(throws: AIRouter.Refusal.promptTooLong) { try model(Prompt(text: endless), .ask) }
    }
}
