import Testing
import Vernier
import VernierInstrumentation

@Suite struct WorkResultTests {
    @Test func `an error is named by its type, or by what it says itself`() {
        #expect(ErrorType(Trouble()) == "Trouble")
        #expect(ErrorType(HookError.exit) == "exit_status")
        #expect(ErrorType(HookError.timeout) == .timeout)
        #expect(ErrorType(ConnectTimeoutError()) == .timeout)
        #expect(ErrorType(CancellationError()) == .cancelled)
    }

    @Test func `a name is never empty and never long`() {
        #expect(ErrorType("").name == "_OTHER")
        #expect(ErrorType(String(repeating: "a", count: 1000)).name == String(repeating: "a", count: 64))
        #expect(ErrorType(String(repeating: "ä", count: 1000)).name == String(repeating: "ä", count: 32))
        #expect(ErrorType("a" + String(repeating: "ä", count: 1000)).name.utf8.count == 63)
        #expect(ErrorType("e" + String(repeating: "\u{301}", count: 1000)).name.utf8.count == 63)
    }

    @Test func `what was thrown decides the result`() {
        #expect(WorkResult(thrown: Trouble()) == .failure("Trouble"))
        #expect(WorkResult(thrown: HookError.timeout) == .timeout)
        #expect(WorkResult(thrown: CancellationError()) == .cancelled)
        #expect(WorkStatus(.failure("x")) == .error)
        #expect(WorkResult.success.errorType == nil)
        #expect(WorkResult.timeout.errorType == "timeout")
    }

    @Test func `whatever is thrown in a cancelled task was cancelled`() async {
        let task = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return WorkResult(thrown: Trouble())
        }
        #expect(await task.value == .cancelled)
    }
}
