import Foundation

/// A library whose workloads are a program of their own; what such programs understand is in `Benchmarks/Peers/README.md`.
final class Peer: Library {
    let name: String
    /// What it is made of; `nil` for what is built with this package.
    let version: String?
    private let program: [String]
    private var process: Command?

    private init(_ name: String, _ version: String?, _ program: [String]) {
        self.name = name
        self.version = version
        self.program = program
    }

    deinit { process?.finish() }

    /// Vernier, in a process of its own.
    static var vernier: Peer { Peer(VernierLibrary.name, nil, [CommandLine.arguments[0], "--vernier"]) }

    /// Builds a peer in a folder.
    ///
    /// - Returns: the peer, or why it is missing.
    static func build(_ name: String, from sources: URL, in cache: URL) throws -> Result<Peer, Missing> {
        let folder = cache.appending(path: name)
        let script = sources.appending(path: "\(name)/build")
        let (status, output) = try Command(["bash", script.path, folder.path]).run()
        let line = output.trimmingCharacters(in: .whitespacesAndNewlines)
        switch status {
        case 0: return .success(Peer(name, line, [folder.appending(path: "run").path]))
        case 77: return .failure(Missing(name: name, reason: line))
        default: throw Command.Failure(description: "\(script.path) ended with \(status)")
        }
    }

    /// A peer that is not installed.
    struct Missing: Error {
        let name: String
        let reason: String
    }

    func answers(to request: Request) throws -> [Answer] {
        let process = try process ?? started([])
        self.process = process
        return try Self.answers(of: process, to: request)
    }

    /// The same from a process that did nothing before.
    func freshAnswers(to request: Request) throws -> [Answer] {
        let process = try started([])
        defer { process.finish() }
        return try Self.answers(of: process, to: request)
    }

    /// Starts its server.
    ///
    /// - Returns: the process and the address of its page.
    func serve(_ page: String) throws -> (process: Command, url: String) {
        let process = try started(["--serve", page])
        let words = try process.line().split(separator: "\t")
        guard words.count == 2, words[0] == "port", let port = Int(words[1]) else {
            process.finish()
            throw Command.Failure(description: "\(name) --serve \(page) named no port")
        }
        return (process, "http://127.0.0.1:\(port)/metrics")
    }

    /// Ends the process that answers.
    func finish() {
        process?.finish()
        process = nil
    }

    private func started(_ arguments: [String]) throws -> Command {
        let process = Command(program + arguments)
        try process.start()
        return process
    }

    private static func answers(of process: Command, to request: Request) throws -> [Answer] {
        try process.send("\(request.operation)\t\(request.variant)")
        var answers: [Answer] = []
        while case let line = try process.line(), !line.isEmpty {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 4, let value = Double(columns[2]) else {
                throw Command.Failure(description: "not an answer: \(line)")
            }
            answers.append(Answer(operation: columns[0], variant: columns[1], value: value, unit: columns[3]))
        }
        return answers
    }
}
