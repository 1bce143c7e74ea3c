import Foundation
import Testing

@testable import hook_runner

@Suite struct ChildProcessTests {
    private func run(
        _ script: String, timeout: Duration = .seconds(60), input: [UInt8] = []
    ) async throws -> (end: ChildProcess.End, output: String) {
        let result = try await ChildProcess(command: ["sh", "-c", script], timeout: timeout).run(input: input)
        return (result.end, String(decoding: result.output, as: UTF8.self))
    }

    /// Whether a process has ended, if only nobody has asked for its status yet.
    private func hasEnded(_ id: String) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return true }
        return state.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }

    private func expectEnd(of id: String) async throws {
        let id = id.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(Int(id) != nil)
        let deadline = ContinuousClock.now + .seconds(60)
        while !hasEnded(id), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        #expect(hasEnded(id))
    }

    @Test func `the exit status and both outputs arrive`() async throws {
        let (end, output) = try await run("echo out; echo err >&2; exit 3")
        #expect(end == .exited(3))
        #expect(output == "out\nerr\n")
    }

    @Test func `a signal is told from a status`() async throws {
        #expect(try await run("kill -9 $$").end == .killed(signal: 9))
    }

    @Test func `a time that is over ends the child and what it started`() async throws {
        let (end, output) = try await run("sleep 1000 & echo $!; wait", timeout: .milliseconds(300))
        #expect(end == .timedOut)
        try await expectEnd(of: output)
    }

    @Test func `what a child leaves running ends with it`() async throws {
        let (end, output) = try await run("sleep 1000 & echo $!")
        #expect(end == .exited(0))
        try await expectEnd(of: output)
    }

    @Test func `a cancelled task ends its child`() async throws {
        let task = Task { try await run("sleep 1000") }
        task.cancel()
        #expect(try await task.value.end == .cancelled)
    }

    @Test func `input goes through, and output is kept to a limit`() async throws {
        let input = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        let (end, output) = try await run("tee /dev/null; echo the end", input: input)
        #expect(end == .exited(0))
        #expect(output == String(repeating: "x", count: ChildProcess.outputLimit))
        #expect(try await run("wc -c", input: input).output.contains("1000000"))
    }

    @Test func `a child need not read its input`() async throws {
        #expect(try await run("exit 0", input: [UInt8](repeating: 1, count: 1_000_000)).end == .exited(0))
        #expect(try await run("exec <&-; sleep 0.05", input: [UInt8](repeating: 1, count: 1_000_000)).end == .exited(0))
    }

    @Test func `a child has no file of this program's but its three`() async throws {
        // As NIO opens its sockets: not marked to be closed in children.
        // SAFETY: the path is lent as a C string.
        let file = unsafe open("/dev/null", O_RDONLY)
        defer { close(file) }
        #expect(file > 2 && fcntl(file, F_GETFD) & FD_CLOEXEC == 0)
        let (end, output) = try await run("for file in /proc/$$/fd/*; do echo ${file##*/}; done")
        #expect(end == .exited(0))
        let files = Set(output.split(separator: "\n").compactMap { Int($0) })
        // The shell has a file of its own while it looks.
        #expect(files.isSuperset(of: [0, 1, 2]) && files.subtracting([0, 1, 2]).count <= 1, "\(output)")
        #expect(!files.contains(Int(file)) || file == 3)
    }

    @Test func `a child has the usual answers to signals`() async throws {
        let usual = signal(SIGUSR1, SIG_IGN)
        defer { _ = signal(SIGUSR1, usual) }
        #expect(try await run("kill -USR1 $$; echo still here").end == .killed(signal: SIGUSR1))
    }

    @Test func `a program that is not there is an error`() async throws {
        await #expect(throws: ChildProcess.NotStarted.self) {
            try await ChildProcess(command: ["no-such-program"], timeout: .seconds(1)).run(input: [])
        }
    }
}
