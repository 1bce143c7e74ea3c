#if ServiceLifecycle
    import Vernier
    import VernierExporter

    /// Answers as a handler does, and knows when a scrape that began after a moment has left in full.
    final class ScrapeWatch: HTTPHandler {
        private struct State: Sendable {
            var isLast = false
            var hasServed = false
        }

        private let base: any HTTPHandler
        private let metricsPath: String
        private let state = Lock(State())
        private let last: AsyncStream<Void>
        private let lastServed: AsyncStream<Void>.Continuation

        init(_ base: any HTTPHandler, metricsPath: String) {
            self.base = base
            self.metricsPath = metricsPath
            (last, lastServed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        }

        var refusals: Int { base.refusals }

        /// Whether there was a scrape.
        var hasServed: Bool { state.withLock { $0.hasServed } }

        /// From now on a scrape that begins may be the last.
        func beginLast() { state.withLock { $0.isLast = true } }

        /// Waits until a scrape that began after `beginLast` has left, at most for a time, and no longer than the task lives.
        func waitForLast(_ time: Duration) async {
            guard time > .zero else { return }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [last] in
                    for await _ in last { break }
                }
                group.addTask { try? await Task.sleep(for: time) }
                await group.next()
                group.cancelAll()
            }
        }

        func respond(to request: HTTPRequest) -> HTTPResponse {
            let isLast = state.withLock { $0.isLast }
            var response = base.respond(to: request)
            guard request.path == metricsPath, request.method == "GET", response.status == .ok,
                case .stream(let produce) = response.body
            else { return response }
            // A page that fails before its first octet leaves becomes another response, which is complete.
            let page = PageState()
            response.body = .stream { write in
                try produce(write)
                page.complete()
            }
            response.whenSent = { [self] isComplete in
                guard isComplete, page.isComplete else { return }
                state.withLock { $0.hasServed = true }
                if isLast { lastServed.yield() }
            }
            return response
        }

        /// Whether a page was made to its end.
        private final class PageState: Sendable {
            private let state = Lock(false)
            var isComplete: Bool { state.withLock { $0 } }
            func complete() { state.withLock { $0 = true } }
        }
    }
#endif
