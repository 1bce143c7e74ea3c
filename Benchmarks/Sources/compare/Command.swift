import Foundation
import Synchronization

/// A program that is started, told something and ended.
final class Command {
    /// A program that did not do what was asked of it.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The ids of the programs that run now, so that none stays behind when this one is told to stop.
    static let running = Mutex<Set<Int32>>([])

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let name: String
    private var pending = Data()

    /// Names a program, by its path or by a name that is looked up, and its arguments.
    init(_ arguments: [String], in folder: URL? = nil) {
        name = arguments.joined(separator: " ")
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = input
        process.standardOutput = output
    }

    /// The id of the process.
    var id: Int32 { process.processIdentifier }

    /// Starts it; its messages go to standard error.
    func start() throws {
        try process.run()
        _ = Self.running.withLock { $0.insert(id) }
    }

    /// Runs it without input and returns what it writes and how it ends.
    func run() throws -> (status: Int32, output: String) {
        try start()
        try input.fileHandleForWriting.close()
        let written = try output.fileHandleForReading.readToEnd() ?? Data()
        waitForEnd()
        return (process.terminationStatus, String(decoding: written, as: UTF8.self))
    }

    /// Runs it without input and returns what it writes.
    ///
    /// - Throws: when it ends with another status than 0.
    @discardableResult
    func text() throws -> String {
        let (status, output) = try run()
        guard status == 0 else { throw Failure(description: "\(name) ended with \(status): \(output)") }
        return output
    }

    /// Sends a line to its input.
    func send(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// Waits for the next line of its output.
    func line() throws -> String {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending = Data(pending[pending.index(after: end)...]) }
                return String(decoding: pending[..<end], as: UTF8.self)
            }
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { throw Failure(description: "\(name) ended before it answered") }
            pending += piece
        }
    }

    /// Ends its input, which tells it to end, and waits for that.
    func finish() {
        try? input.fileHandleForWriting.close()
        waitForEnd()
    }

    private func waitForEnd() {
        process.waitUntilExit()
        _ = Self.running.withLock { $0.remove(id) }
    }
}
