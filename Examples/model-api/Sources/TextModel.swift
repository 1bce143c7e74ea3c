import ExampleSupport

/// A Markov chain over words: it has read a text and goes on as that text would.
///
/// It is a small model but a true one: what it says was learnt, and how sure it was of each word is known. It takes its time, as models do.
struct TextModel: Sendable {
    /// Which of them.
    let name: ModelName
    /// How many words it looks back.
    let order: Int
    /// How long it takes over a word of the prompt, and over one of the answer.
    let readingPace: Duration
    let writingPace: Duration
    /// The longest prompt that it takes, in words.
    let window: Int

    /// An answer took longer than it may.
    struct TimedOut: Error {}

    private let followers: [[String]: [String]]
    private let starts: [[String]]

    /// Reads a text.
    init(_ name: ModelName, order: Int, readingPace: Duration, writingPace: Duration, window: Int, text: String) {
        self.name = name
        self.order = max(order, 1)
        self.readingPace = readingPace
        self.writingPace = writingPace
        self.window = window
        let words = Self.tokens(of: text)
        var followers: [[String]: [String]] = [:]
        var starts: [[String]] = []
        for place in words.indices.dropLast(self.order) {
            let context = Array(words[place..<place + self.order])
            followers[context, default: []].append(words[place + self.order])
            if place == 0 || words[place - 1].hasSuffix(".") { starts.append(context) }
        }
        self.followers = followers
        self.starts = starts
    }

    /// The words of a text: what the model reads and writes, and what is counted.
    static func tokens(of text: String) -> [String] {
        text.split { $0.isWhitespace }.map(String.init)
    }

    /// Answers a prompt word by word, from a sentence about something in it if there is one, to the end of a sentence or `limit` words.
    ///
    /// The same prompt and seed get the same answer. One that would take longer than its time ends with `TimedOut`.
    func answer(
        to prompt: [String], limit: Int, seed: UInt64, within time: Duration
    ) -> AsyncThrowingStream<String, any Error> {
        AsyncThrowingStream { continuation in
            let deadline = ContinuousClock.now + time
            @Sendable func work(_ time: Duration) async throws {
                guard .now + time <= deadline else { throw TimedOut() }
                try await Task.sleep(for: time)
            }
            let task = Task {
                do {
                    try await work(readingPace * prompt.count)
                    var random = SeededGenerator(seed: seed)
                    var context = start(for: prompt, &random)
                    var written = 0
                    for word in context.prefix(limit) {
                        try await work(writingPace)
                        continuation.yield(word)
                        written += 1
                    }
                    while written < limit, let next = followers[context]?.randomElement(using: &random) {
                        try await work(writingPace)
                        continuation.yield(next)
                        written += 1
                        if next.hasSuffix("."), written > limit / 2 { break }
                        context = Array(context.dropFirst()) + [next]
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func start(for prompt: [String], _ random: inout SeededGenerator) -> [String] {
        let topics = Set(prompt.map(Self.stem).filter { $0.count > 4 })
        let fitting = starts.filter { start in start.contains { topics.contains(Self.stem($0)) } }
        return (fitting.isEmpty ? starts : fitting).randomElement(using: &random) ?? []
    }

    private static func stem(_ word: String) -> String { word.lowercased().filter(\.isLetter) }
}
