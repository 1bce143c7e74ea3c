import Vernier

/// Walks a directory and reads what is in it.
struct Walker: Sendable {
    let directory: String
    let metrics: Metrics

    /// Walks again and again until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await metrics.walk.measure { try await walk() }
                try await Task.sleep(for: .milliseconds(100))
            } catch {
                // Cancelled, which the operation has recorded as its outcome.
                return
            }
        }
    }

    private func walk() async throws {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var found = 0
        var directories = [directory]
        while let next = directories.popLast() {
            for entry in list(next) {
                try Task.checkCancellation()
                if entry.isDirectory {
                    directories.append(entry.path)
                } else {
                    found += 1
                    read(entry, with: &buffer)
                    // Reading blocks a thread of the pool; others want it too.
                    await Task.yield()
                }
            }
        }
        metrics.found.set(found)
        metrics.lastWalk.setToCurrentTime()
    }

    private func list(_ directory: String) -> [Entry] {
        do {
            return try Entry.all(in: directory).filter { !$0.name.hasPrefix(".build") && $0.name != ".git" }
        } catch {
            metrics.unreadable[error.reason].increment()
            return []
        }
    }

    private func read(_ file: Entry, with buffer: inout [UInt8]) {
        var tally = Tally()
        do {
            try metrics.open.track { () throws(Unreadable) in
                try metrics.readTime.measure { () throws(Unreadable) in
                    try file.read(with: &buffer) { piece in
                        tally.add(piece)
                        return !Task.isCancelled
                    }
                }
            }
        } catch {
            metrics.unreadable[error.reason].increment()
            return
        }
        metrics.files.increment()
        metrics.bytes[file.kind].increment(by: tally.bytes)
        metrics.lines[file.kind].increment(by: tally.lines)
        metrics.words[file.kind].increment(by: tally.words)
    }
}

/// Counts bytes, lines and words of a text that comes in pieces.
private struct Tally {
    var bytes = 0
    var lines = 0
    var words = 0
    private var isInWord = false

    mutating func add(_ piece: Span<UInt8>) {
        bytes += piece.count
        for index in piece.indices {
            let byte = piece[index]
            if byte == UInt8(ascii: "\n") { lines += 1 }
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if !isSpace && !isInWord { words += 1 }
            isInWord = !isSpace
        }
    }
}

extension Entry {
    /// The extension in lower case; `none` without one.
    fileprivate var kind: String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "none" }
        let kind = name[name.index(after: dot)...]
        return kind.isEmpty ? "none" : kind.lowercased()
    }
}
