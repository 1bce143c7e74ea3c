#if Hummingbird
    import Vernier

    /// Something that has to work for a program to be called healthy.
    ///
    /// ```swift
    /// router.addHealth(checks: [HealthCheck("database") { try await database.ping() }])
    /// ```
    ///
    /// It runs once at a time, however many ask: who asks while it runs gets the same result.
    public struct HealthCheck: Sendable {
        /// The name under which the answer shows it.
        public let name: String
        /// How long an answer waits for it; then its task is cancelled, and it has failed.
        public let timeout: Duration
        private let run: HealthRun

        /// Makes a check.
        ///
        /// - Parameters:
        ///   - name: the name under which the answer shows it.
        ///   - timeout: how long an answer waits for it.
        ///   - check: throws when something does not work. It should end soon when its task is cancelled; while it does not, it fails for all who ask.
        public init(
            _ name: String, timeout: Duration = .seconds(5), _ check: @escaping @Sendable () async throws -> Void
        ) {
            self.name = name
            self.timeout = timeout
            run = HealthRun(check)
        }

        /// Whether it works.
        func passes() async -> Bool { await run.passes(within: timeout) }
    }

    /// A check that runs, and those who wait for it.
    private final class HealthRun: Sendable {
        private struct Waiter {
            let answer: CheckedContinuation<Bool, Never>
            var timer: Task<Void, Never>?
        }

        private struct State {
            var task: Task<Void, Never>?
            var waiters: [Int: Waiter] = [:]
            var count = 0
        }

        private let check: @Sendable () async throws -> Void
        private let state = Lock(State())

        init(_ check: @escaping @Sendable () async throws -> Void) { self.check = check }

        func passes(within timeout: Duration) async -> Bool {
            await withCheckedContinuation { answer in
                let number = state.withLock { state in
                    state.count += 1
                    state.waiters[state.count] = Waiter(answer: answer)
                    if state.task == nil { state.task = Task { await self.perform() } }
                    return state.count
                }
                let timer = Task {
                    if (try? await Task.sleep(for: timeout)) != nil { self.giveUp(number) }
                }
                let isOver = state.withLock { state in
                    state.waiters[number]?.timer = timer
                    return state.waiters[number] == nil
                }
                if isOver { timer.cancel() }
            }
        }

        private func perform() async {
            let passes: Bool
            do {
                try await check()
                passes = true
            } catch {
                passes = false
            }
            let waiters = state.withLock { state in
                state.task = nil
                defer { state.waiters = [:] }
                return state.waiters.values
            }
            for waiter in waiters {
                waiter.timer?.cancel()
                waiter.answer.resume(returning: passes)
            }
        }

        /// Answers one who has waited long enough.
        private func giveUp(_ number: Int) {
            let (waiter, task) = state.withLock { ($0.waiters.removeValue(forKey: number), $0.task) }
            guard let waiter else { return }
            task?.cancel()
            waiter.answer.resume(returning: false)
        }
    }
#endif
