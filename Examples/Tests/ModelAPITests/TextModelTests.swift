import Testing

@testable import model_api

struct TextModelTests {
    private let model = TextModel(
        .scholar, order: 2, readingPace: .zero, writingPace: .zero, window: 50, text: Corpus.text)

    private func words(_ prompt: String, limit: Int = 40, seed: UInt64 = 1) async throws -> [String] {
        var words: [String] = []
        let answer = model.answer(to: TextModel.tokens(of: prompt), limit: limit, seed: seed, within: .seconds(60))
        for try await word in answer { words.append(word) }
        return words
    }

    @Test func `every two words and the next stand so in the text`() async throws {
        let answer = try await words("What is freedom?")
        let text = TextModel.tokens(of: Corpus.text)
        let triples = Set((0..<text.count - 2).map { text[$0..<$0 + 3].joined(separator: " ") })
        #expect(answer.count > 3)
        for place in 0..<answer.count - 2 {
            #expect(triples.contains(answer[place..<place + 3].joined(separator: " ")))
        }
    }

    @Test func `an answer is no longer than asked for`() async throws {
        for limit in [1, 2, 3, 10] { #expect(try await words("a question", limit: limit).count <= limit) }
    }

    @Test func `the same prompt and seed get the same answer`() async throws {
        #expect(try await words("What is good?") == words("What is good?"))
    }

    @Test func `an answer begins with a sentence about what was asked`() async throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let start = try await words("tell me of freedom", seed: seed).prefix(2)
            #expect(start.contains { $0.lowercased().hasPrefix("freedom") })
        }
    }

    @Test func `an answer that takes too long ends with an error after what was said in time`() async throws {
        let slow = TextModel(
            .scholar, order: 2, readingPace: .zero, writingPace: .milliseconds(200), window: 50, text: Corpus.text)
        var words = 0
        await #expect(throws: TextModel.TimedOut.self) {
            for try await _ in slow.answer(to: ["freedom"], limit: 40, seed: 1, within: .milliseconds(500)) {
                words += 1
            }
        }
        #expect(words <= 2)
    }
}
