import Testing

@testable import Vernier

@Suite struct LockTests {
    @Test func `one thread at a time has the value`() async {
        let count = Box(0)
        await onThreads(4) { _ in
            for _ in 0..<10_000 { count.change { $0 += 1 } }
        }
        #expect(count.value == 40_000)
    }

    @Test func `an error leaves the lock open`() {
        let lock = Lock(1)
        #expect(throws: Trouble.self) {
            try lock.withLock { (value: inout sending Int) throws(Trouble) in
                value = 2
                throw Trouble()
            }
        }
        #expect(lock.withLock { $0 } == 2)
    }

    @Test func `the value goes with its lock`() {
        weak var content: Box<Int>?
        do {
            let lock = Lock(Box(1))
            content = lock.withLock { $0 }
            #expect(content?.value == 1)
        }
        #expect(content == nil)
    }
}
