#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization
import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct SystemTests {
        @Test func `waking is seen once and costs one octet`() throws {
            let pipe = try WakePipe()
            var polls = PollSet()
            polls.addReadable(pipe.descriptor)
            polls.wait(milliseconds: 0)
            #expect(!polls.isReady(0))
            for _ in 0..<100 { pipe.wake() }
            polls.wait(milliseconds: 1000)
            #expect(polls.isReady(0))
            pipe.clear()
            polls.wait(milliseconds: 0)
            #expect(!polls.isReady(0))
        }

        @Test func `descriptors are closed when another program starts`() throws {
            let pipe = try WakePipe()
            let listener = try Listener(.tcp(host: "127.0.0.1", port: 0))
            let client = try TestClient(listener.address)
            #expect(eventually { (try? listener.socket.accept()).map { isClosedOnExecute($0.descriptor) } == true })
            for descriptor in [pipe.descriptor, listener.socket.descriptor, client.socket.descriptor] {
                #expect(isClosedOnExecute(descriptor))
            }
        }

        private func isClosedOnExecute(_ descriptor: Int32) -> Bool {
            fcntl(descriptor, F_GETFD, 0) & FD_CLOEXEC != 0
        }

        @Test(arguments: [
            (Duration.zero, Int32(0)), (.seconds(-5), 0), (.nanoseconds(1), 1), (.milliseconds(1), 1),
            (.microseconds(1500), 2),
            (.seconds(75), 75_000), (.seconds(1 << 40), 1_000_000_000),
        ])
        func `times are rounded up for poll`(duration: Duration, milliseconds: Int32) {
            #expect(duration.pollMilliseconds == milliseconds)
        }

        @Test func `a poll that the system refuses does not spin`() async {
            await #expect(processExitsWith: .success) {
                let pipe = try WakePipe()
                pipe.wake()
                var polls = PollSet()
                for _ in 0..<10 { polls.addReadable(pipe.descriptor) }
                limitDescriptors(to: 5)
                let time = try elapsed { polls.wait(milliseconds: 0) }
                limitDescriptors(to: 1000)
                guard time >= .milliseconds(9), !polls.isReady(0) else { throw TestClient.Failure(reason: "\(time)") }
            }
        }

        @Test func `errors are sorted for accept`() {
            #expect(SystemError(code: EMFILE).isOutOfDescriptors)
            #expect(SystemError(code: EAGAIN).isWouldBlock)
            #expect(SystemError(code: ECONNABORTED).isOfOneConnection)
            #expect(!SystemError(code: EBADF).isOfOneConnection)
            #expect(SystemError(code: ENOENT).description == "No such file or directory")
        }
    }
}
