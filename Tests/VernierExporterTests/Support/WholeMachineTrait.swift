import ProgramSupport
import Testing

/// A suite that has the machine for itself, apart from tests that need little of it.
struct WholeMachineTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await WholeMachine.exclusively(function)
    }
}

extension Trait where Self == WholeMachineTrait {
    /// Runs the suite while no other one with this trait runs.
    static var wholeMachine: WholeMachineTrait { WholeMachineTrait() }
}
