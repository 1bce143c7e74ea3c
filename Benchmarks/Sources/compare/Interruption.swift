import Foundation
import Synchronization

/// A folder for what is built on the way.
struct TemporaryFolder: Sendable {
    let url: URL

    /// Makes an empty folder.
    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "vernier-compare-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Removes it with all that is in it.
    func remove() { try? FileManager.default.removeItem(at: url) }
}

/// The signal that came, for the handler, which can capture nothing.
private let signalled = Atomic<Int32>(0)

/// Leaves nothing behind when the program is told to stop.
enum Interruption {
    /// Ends the programs that run, removes the folder and exits when SIGINT, SIGTERM or SIGHUP comes.
    static func watch(removing folder: TemporaryFolder) {
        // The first use makes the atomic: a signal handler must not.
        signalled.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            _ = signal(number) { signalled.store($0, ordering: .relaxed) }
        }
        // A peer that is gone is an error of the write, not a signal.
        _ = signal(SIGPIPE, SIG_IGN)
        Thread {
            while true {
                Thread.sleep(forTimeInterval: 0.1)
                let number = signalled.load(ordering: .relaxed)
                guard number != 0 else { continue }
                // Each leads a group of its own, with what it has started.
                for id in Command.running.withLock({ $0 }) where kill(-id, SIGTERM) != 0 { kill(id, SIGTERM) }
                Thread.sleep(forTimeInterval: 0.2)
                folder.remove()
                exit(128 + number)
            }
        }.start()
    }

    /// Waits for the exit when the program was told to stop: what fails then fails for that reason.
    static func waitIfUnderWay() {
        while signalled.load(ordering: .relaxed) != 0 { Thread.sleep(forTimeInterval: 1) }
    }
}
