import Synchronization
import Testing

@testable import Vernier

@Suite struct ThreadTests {
    @Test func `a semaphore is waited for no longer than asked`() {
        let semaphore = Semaphore()
        let time = ContinuousClock().measure {
            #expect(!semaphore.wait(until: .now + .milliseconds(30)))
            #expect(!semaphore.wait(until: .now - .seconds(1)))
        }
        #expect(time > .milliseconds(25) && time < .seconds(1))
        semaphore.signal()
        #expect(semaphore.wait(until: .now + .seconds(1)))
        semaphore.signal()
        semaphore.wait()
        #expect(!semaphore.wait(until: .now + .milliseconds(1200)))
    }

    @Test func `a thread runs once and is joined once`() throws {
        let runs = Atomic(0)
        let thread = try Thread(name: "a name longer than the system takes") { runs.add(1, ordering: .relaxed) }
        #expect(thread.join(until: .now + .seconds(5)))
        #expect(thread.join(until: .now))
        #expect(runs.load(ordering: .relaxed) == 1)
    }

    @Test func `a thread that goes on is let go at the deadline`() throws {
        let semaphore = Semaphore()
        let thread = try Thread(name: "waits") { semaphore.wait() }
        #expect(!thread.join(until: .now + .milliseconds(20)))
        semaphore.signal()
    }
}
