import Testing
import Vernier

@testable import VernierExporter

extension ServerSuite {
    @Suite struct JobQueueTests {
        private func job(_ path: String) throws -> Job {
            let ends = try Socket.pipe()
            let connection = Connection(socket: ends.readEnd, limits: MetricsServer.Limits(), now: .now)
            return Job(connection: connection, request: HTTPRequest(path: path))
        }

        @Test func `jobs come out in the order in which they went in`() throws {
            let queue = JobQueue()
            for path in ["/1", "/2"] { #expect(!queue.push(try job(path))) }
            #expect(queue.hasWaiting)
            #expect(queue.next()?.request.path == "/1")
            #expect(queue.next()?.request.path == "/2")
            #expect(!queue.hasWaiting)
        }

        @Test func `a worker that sleeps is woken by one job and sent home by the end`() throws {
            let queue = JobQueue()
            let served = Counter()
            let worker = try Thread(name: "worker") { while queue.next() != nil { served.increment() } }
            #expect(
                eventually {
                    (try? queue.push(job("/"))) == true
                })
            #expect(eventually { served.value > 0 && !queue.hasWaiting })
            queue.close()
            #expect(worker.join(until: .now + .seconds(5)))
        }

        @Test func `a closed queue keeps no connection`() throws {
            let queue = JobQueue()
            let before = openDescriptors()
            _ = queue.push(try job("/"))
            queue.close()
            #expect(queue.push(try job("/")))
            #expect(!queue.hasWaiting)
            #expect(queue.next() == nil)
            #expect(openDescriptors() == before)
        }
    }
}
