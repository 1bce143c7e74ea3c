import ProgramSupport
import Synchronization

/// Connections that each send one byte of a request a second and come back when they are closed.
final class SlowClients: Sendable {
    private final class Client {
        private let socket: ClientSocket
        private var position = 0
        private static let request = Array("GET /metrics HTTP/1.1\r\nHost: slow\r\n".utf8)

        init?(port: Int) {
            guard let socket = ClientSocket(port: port, timeout: .seconds(2)) else { return nil }
            self.socket = socket
        }

        /// Sends the next byte; returns whether the connection still stands.
        func step() -> Bool {
            // After the start of the request a header that never ends.
            let byte = position < Self.request.count ? Self.request[position] : UInt8(ascii: "a")
            position += 1
            return socket.send([byte])
        }
    }

    private let isOver = Atomic<Bool>(false)
    private let rounds = Atomic<Int>(0)
    private let opened = Atomic<Int>(0)
    private let held = Atomic<Int>(0)

    /// How many connections are open on the clients' side.
    var heldCount: Int { held.load(ordering: .relaxed) }
    /// How many connections were made.
    var openedCount: Int { opened.load(ordering: .relaxed) }

    /// Opens the connections on a thread of its own and keeps them open until ``end()``; returns when they are there.
    init(count: Int, port: Int) {
        _ = HostThread { self.run(count, port) }
        let deadline = ContinuousClock.now + .seconds(20)
        while rounds.load(ordering: .relaxed) == 0, ContinuousClock.now < deadline { System.sleep(.milliseconds(5)) }
    }

    /// Closes them all.
    func end() {
        isOver.store(true, ordering: .relaxed)
        let deadline = ContinuousClock.now + .seconds(5)
        while heldCount > 0, ContinuousClock.now < deadline { System.sleep(.milliseconds(1)) }
    }

    private func run(_ count: Int, _ port: Int) {
        var clients: [Client] = []
        while !isOver.load(ordering: .relaxed) {
            let next = ContinuousClock.now + .seconds(1)
            clients.removeAll { !$0.step() }
            while clients.count < count, let client = Client(port: port) {
                clients.append(client)
                opened.add(1, ordering: .relaxed)
            }
            held.store(clients.count, ordering: .relaxed)
            rounds.add(1, ordering: .relaxed)
            while ContinuousClock.now < next, !isOver.load(ordering: .relaxed) { System.sleep(.milliseconds(5)) }
        }
        clients = []
        held.store(0, ordering: .relaxed)
    }
}
