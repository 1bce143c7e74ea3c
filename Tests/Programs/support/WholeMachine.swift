/// Gives the whole machine to one group of tests after another: those that measure time and those that want every processor.
package actor WholeMachine {
    private static let turn = WholeMachine()
    private var isTaken = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Runs a closure while no other one runs in a call of this.
    package static func exclusively(_ body: @Sendable () async throws -> Void) async throws {
        await turn.take()
        do {
            try await body()
        } catch {
            await turn.giveBack()
            throw error
        }
        await turn.giveBack()
    }

    private func take() async {
        if !isTaken {
            isTaken = true
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    private func giveBack() {
        if waiting.isEmpty {
            isTaken = false
        } else {
            waiting.removeFirst().resume()
        }
    }
}
