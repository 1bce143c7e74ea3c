extension AsyncSequence {
    /// Meters what a model generates: tokens, time to the first, time for each further one, and how the call ends.
    ///
    /// ```swift
    /// for try await token in model.stream(prompt).metered(by: answers, inputTokens: prompt.count) { show(token) }
    /// ```
    ///
    /// Many providers send several tokens in one element, and the numbers of both prompt and answer in a last one. Such streams are counted with
    /// `tokens`, or better with `usage`:
    ///
    /// ```swift
    /// for try await event in client.stream(request).metered(by: answers, tokens: nil, usage: \.usage) { show(event) }
    /// ```
    ///
    /// Times begin when an iterator is made. The call ends with the sequence: well, with an error, cancelled, or abandoned when the
    /// consumer stops before the end.
    ///
    /// - Parameters:
    ///   - call: which calls it is one of.
    ///   - inputTokens: how many tokens the prompt has, when that is known.
    ///   - tokens: how many tokens an element has; by default each is one. With `nil` nobody knows, and only what `usage` says is recorded.
    ///   - usage: the numbers of tokens that an element says, if it does; the last of each counts, in the place of what was counted.
    /// - Complexity: one allocation for each iterator, none for an element.
    public func metered(
        by call: GenerativeCall, inputTokens: Int? = nil, tokens: (@Sendable (Element) -> Int)? = { _ in 1 },
        usage: (@Sendable (Element) -> TokenUsage?)? = nil
    ) -> GeneratedSequence<Self> {
        GeneratedSequence(base: self, call: call, inputTokens: inputTokens, tokens: tokens, usage: usage)
    }
}

/// An asynchronous sequence that records what a model generates.
public struct GeneratedSequence<Base: AsyncSequence>: AsyncSequence {
    /// The element of the sequence that is metered.
    public typealias Element = Base.Element
    /// What the sequence that is metered throws.
    public typealias Failure = Base.Failure
    let base: Base
    let call: GenerativeCall
    let inputTokens: Int?
    let tokens: (@Sendable (Element) -> Int)?
    let usage: (@Sendable (Element) -> TokenUsage?)?

    /// Makes an iterator and starts the time.
    public func makeAsyncIterator() -> Iterator {
        let generation = call.start(inputTokens: inputTokens)
        return Iterator(base: base.makeAsyncIterator(), generation: generation, tokens: tokens, usage: usage)
    }

    /// Records each element and the end.
    public struct Iterator: AsyncIteratorProtocol {
        var base: Base.AsyncIterator
        let generation: Generation
        let tokens: (@Sendable (Element) -> Int)?
        let usage: (@Sendable (Element) -> TokenUsage?)?

        /// The next element, or nil at the end.
        public mutating func next() async throws(Base.Failure) -> Base.Element? {
            try await next(isolation: #isolation)
        }

        /// The next element, or nil at the end, on the actor of the caller.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(Base.Failure) -> Base.Element? {
            do {
                let element = try await base.next(isolation: actor)
                if let element {
                    generation.noteTokens(tokens?(element))
                    if let usage = usage?(element) { generation.setUsage(usage) }
                } else {
                    generation.end(Task.isCancelled ? .cancelled : .success)
                }
                return element
            } catch {
                generation.end(WorkResult(thrown: error))
                throw error
            }
        }
    }
}

extension GeneratedSequence: Sendable where Base: Sendable {}
