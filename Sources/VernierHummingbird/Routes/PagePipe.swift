#if Hummingbird
    import NIOCore
    import Vernier

    /// Hands the pieces of a page, which a thread of its own makes, to a task, which sends them.
    ///
    /// The thread is at most two pieces ahead. It waits for the reader no longer than ``patience``, all waits together, and gives up when
    /// the pipe is let go of; so neither a slow client nor one that went away keeps a thread or a place for scrapes.
    final class PagePipe: Sendable {
        /// Why a page was given up.
        enum Abandonment: Error {
            /// Nobody reads it any more.
            case readerIsGone
            /// It is read too slowly.
            case readerIsTooSlow
        }

        typealias Write = @Sendable (_ write: (RawSpan) throws -> Void) throws -> Void

        /// How long a page may wait for its reader.
        static let patience = Duration.seconds(10)
        private static let ahead = 2

        private let shared = Shared()

        /// Begins to make a page.
        init(_ write: @escaping Write, patience: Duration = PagePipe.patience) {
            let shared = shared
            let work: @Sendable () -> Void = {
                var left = patience
                do {
                    try write { piece in
                        try shared.put(piece, waitingFor: &left)
                    }
                    shared.finish(nil)
                } catch {
                    shared.finish(error)
                }
            }
            for _ in 0..<Self.ahead { shared.places.signal() }
            do {
                try Thread(name: "vernier-page", body: work).detach()
            } catch {
                // Where the system has no thread to give, this one must not wait for its own reader.
                shared.finish(error)
            }
        }

        deinit { shared.close() }

        /// The next piece, or nil at the end; for one task at a time.
        ///
        /// - Throws: what making the page threw.
        func next() async throws -> ByteBuffer? {
            try await withCheckedThrowingContinuation { shared.take($0) }
        }

        /// What thread and task share.
        private final class Shared: Sendable {
            private struct State {
                var pieces: [ByteBuffer] = []
                var end: Result<Void, any Error>?
                var reader: CheckedContinuation<ByteBuffer?, any Error>?
                var isClosed = false
            }

            private let state = Lock(State())
            /// How many pieces the thread may make.
            let places = Semaphore()

            func put(_ piece: RawSpan, waitingFor left: inout Duration) throws {
                let began = ContinuousClock.now
                guard places.wait(until: began + left) else { throw Abandonment.readerIsTooSlow }
                left -= began.duration(to: .now)
                var buffer = ByteBuffer()
                buffer.writeBytes(piece)
                let (reader, isClosed) = state.withLock { [buffer] state in
                    let reader = state.reader.take()
                    if reader == nil { state.pieces.append(buffer) }
                    return (reader, state.isClosed)
                }
                if reader != nil { places.signal() }
                reader?.resume(returning: buffer)
                if isClosed { throw Abandonment.readerIsGone }
            }

            func finish(_ error: (any Error)?) {
                let end: Result<Void, any Error> = if let error { .failure(error) } else { .success(()) }
                let reader = state.withLock { state in
                    state.end = end
                    return state.reader.take()
                }
                reader?.resume(with: end.map { nil })
            }

            func take(_ reader: CheckedContinuation<ByteBuffer?, any Error>) {
                let found: Result<ByteBuffer?, any Error>? = state.withLock { state in
                    if !state.pieces.isEmpty { return .success(state.pieces.removeFirst()) }
                    if let end = state.end { return end.map { nil } }
                    state.reader = reader
                    return nil
                }
                guard let found else { return }
                if case .success(.some) = found { places.signal() }
                reader.resume(with: found)
            }

            func close() {
                state.withLock { $0.isClosed = true }
                places.signal()
            }
        }
    }
#endif
