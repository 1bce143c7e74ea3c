import Vernier

/// One call of a generative model whose tokens come one after another.
///
/// ```swift
/// let generation = answers.start(inputTokens: 12)
/// while let token = try await model.next() { generation.noteTokens() }
/// generation.end(.success)
/// ```
///
/// The operator `metered(by:)` of a sequence does that by itself. The time begins when it is made. It belongs to one task;
/// when it goes away before it has ended, the call was abandoned.
///
/// A token costs an addition; the first one also a look at the clock. It is one allocation for the whole call.
public final class Generation {
    private let call: GenerativeCall
    private let began = ContinuousClock.now
    private var first: ContinuousClock.Instant?
    private var isEnded = false
    /// How many tokens the prompt has, `nil` when that is not known.
    ///
    /// It may be said until the end.
    public var inputTokens: Int?
    private var counted: Int? = 0
    private var said: Int?
    /// How many tokens the answer has: what the provider has said, otherwise what was counted so far; `nil` when that is not known.
    public var outputTokens: Int? { said ?? counted }

    init(_ call: GenerativeCall, _ inputTokens: Int?) {
        self.call = call
        self.inputTokens = inputTokens
    }

    deinit { finish(.abandoned, isSuccess: false) }

    /// Notes that tokens have come.
    ///
    /// - Parameter count: how many; one below 1 is none. With `nil`, for some of which nobody knows the number, those of the answer are not known
    ///   unless the provider says them.
    public func noteTokens(_ count: Int? = 1) {
        guard count ?? 1 > 0, !isEnded else { return }
        if first == nil { first = .now }
        guard let count, let before = counted else {
            counted = nil
            return
        }
        counted = count > .max - before ? .max : before + count
    }

    /// Takes the numbers of tokens that the provider says, mostly at the end, in the place of those that were counted; the last of each counts.
    public func setUsage(_ usage: TokenUsage) {
        guard !isEnded else { return }
        if let input = usage.input { inputTokens = input }
        if let output = usage.output { said = max(0, output) }
    }

    /// Records how the call ended; further calls do nothing.
    public func end(_ result: WorkResult) {
        finish(result.errorType, isSuccess: result == .success)
    }

    private func finish(_ error: ErrorType?, isSuccess: Bool) {
        guard !isEnded else { return }
        isEnded = true
        let now = ContinuousClock.now
        call.end(error, duration: now - began)
        if let inputTokens { call.input.observe(max(0, inputTokens)) }
        let output = outputTokens
        // A call that failed before the first token says as little as one that answers in one piece and fails.
        if let output, isSuccess || output > 0 { call.output.observe(output) }
        guard isSuccess, let first else { return }
        call.firstToken.observe(first - began)
        if let output, output > 1 { call.perToken.observe((now - first) / (output - 1)) }
    }
}

/// How many tokens a call took and gave, as a provider says it; `nil` for what it does not say, which is not recorded.
public struct TokenUsage: Sendable, Hashable {
    /// Tokens of the prompt; a negative number counts as none.
    public var input: Int?
    /// Tokens of the answer; a negative number counts as none.
    public var output: Int?

    /// Names the numbers.
    public init(input: Int? = nil, output: Int? = nil) {
        self.input = input
        self.output = output
    }
}
