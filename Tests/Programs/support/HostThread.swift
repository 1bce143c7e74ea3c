import Vernier

/// A plain thread of the operating system, which runs while tasks cannot.
package final class HostThread: Sendable {
    private let finished = Semaphore()

    /// Starts a thread; `nil` when the system has none to give.
    package init?(_ body: @escaping @Sendable () -> Void) {
        let finished = finished
        guard
            let thread = try? Thread(
                name: "proof",
                body: {
                    body()
                    finished.signal()
                })
        else { return nil }
        thread.detach()
    }

    /// Waits until the body has returned, and meanwhile calls a closure about a thousand times a second.
    package func join(meanwhile: () -> Void = {}) {
        while !finished.wait(until: .now + .milliseconds(1)) { meanwhile() }
    }

    /// Runs a closure on a thread of its own and waits for its result; `nil` when there is no thread.
    package static func run<R: Sendable>(
        _ body: @escaping @Sendable () -> R, meanwhile: () -> Void = {}
    ) -> R? {
        let result = Lock<R?>(nil)
        guard
            let thread = HostThread({
                let value = body()
                result.withLock { $0 = value }
            })
        else { return nil }
        thread.join(meanwhile: meanwhile)
        return result.withLock { $0 }
    }
}
