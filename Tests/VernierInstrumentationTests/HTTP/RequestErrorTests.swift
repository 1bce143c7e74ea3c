import Testing
import VernierInstrumentation

private struct Broken: Error { var message: String }
private struct Wide<each Part>: Error {}

@Suite struct RequestErrorTests {
    @Test func `an error is named by its type and not by what it says`() {
        #expect(RequestError(Broken(message: "a")).text == "Broken")
        #expect(RequestError(Broken(message: "a")) == RequestError(Broken(message: "b")))
    }

    @Test func `a cancellation is called so`() {
        #expect(RequestError(CancellationError()) == .cancelled)
        #expect(RequestError.cancelled.text == "cancelled")
    }

    @Test func `what a cancelled task throws is a cancellation`() async {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return RequestError(Broken(message: ""))
        }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    @Test func `a name of a type that has no end is cut`() {
        typealias Long = [Dictionary<String, Dictionary<String, Dictionary<String, Dictionary<String, String>>>>]
        let text = RequestError(Wide<Long, Long, Long>()).text
        #expect(text.utf8.count == 64 && text.hasPrefix("Wide<"))
    }

    @Test func `classes are those of other sets`() {
        struct ConnectTimeoutError: Error {}
        struct Typed: TypedError { var errorType: ErrorType { "exit_status" } }
        #expect(RequestError(ConnectTimeoutError()) == .timeout)
        #expect(RequestError(Typed()).text == "exit_status")
        #expect(RequestError(ErrorType("quota")).text == "quota")
    }

    @Test(arguments: [
        (500, "500"), (404, "404"), (599, "599"), (600, "_OTHER"), (99, "_OTHER"), (-1, "_OTHER"), (Int.max, "_OTHER"),
    ])
    func `a status is its digits where there is such a class`(status: Int, text: String) {
        #expect(RequestError(status: status).text == text)
    }
}
