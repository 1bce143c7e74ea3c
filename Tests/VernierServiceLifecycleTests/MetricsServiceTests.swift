#if ServiceLifecycle
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif
    import Logging
    import ServiceLifecycle
    import ServiceLifecycleTestKit
    import Synchronization
    import Testing
    import UnixSignals
    import Vernier
    import VernierExporter
    import VernierTesting

    @testable import VernierServiceLifecycle

    /// Windows of an hour stand for "for ever": the time limit ends a test that waits for one.
    @Suite(.isolatedRegistry, .timeLimit(.minutes(5))) struct MetricsServiceTests {
        static let local = MetricsServer.Configuration(address: .tcp(host: "127.0.0.1", port: 0))

        func service(_ lastScrape: Duration? = nil, started: Started) -> MetricsService {
            MetricsService(Self.local, registry: .current, lastScrape: lastScrape) { started($0) }
        }

        @Test func `it serves until a scrape that began after the shutdown is answered`() async throws {
            let jobs = Counter("jobs", help: "Jobs.")
            let started = Started()
            let service = service(.seconds(3_600), started: started)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    let server = try await started.server
                    #expect(try Scraper.get(server).contains("jobs_total 0\n"))
                    jobs.increment()
                    trigger.triggerGracefulShutdown()
                    let last = try Scraper.get(server)
                    #expect(last.contains("jobs_total 1\n"))
                    #expect(last.hasSuffix("0\r\n\r\n"), "the page is whole")
                    try await group.waitForAll()
                    #expect(throws: (any Error).self) { try Scraper(server) }
                }
            }
        }

        @Test func `what is no scrape does not end the window`() async throws {
            let started = Started()
            let service = service(.seconds(3_600), started: started)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    let server = try await started.server
                    trigger.triggerGracefulShutdown()
                    for path in ["/health", "/", "/nothing"] { _ = try Scraper.get(server, path) }
                    _ = try Scraper.get(server, method: "HEAD")
                    _ = try Scraper.get(server, method: "POST")
                    // A connection of before that sends nothing is no scrape either.
                    let silent = try Scraper(server)
                    #expect(try Scraper.get(server).contains("200 OK"))
                    try await group.waitForAll()
                    _ = silent
                }
            }
        }

        @Test func `a scrape that began before the shutdown is not the last`() async throws {
            let gate = Gate()
            let started = Started()
            let service = service(.seconds(3_600), started: started)
            Registry.current.register(gate)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    let server = try await started.server
                    let early = Task.detached { try Scraper.get(server) }
                    while !gate.isEntered { try await Task.sleep(for: .milliseconds(2)) }
                    trigger.triggerGracefulShutdown()
                    gate.open()
                    #expect(try await early.value.contains("200 OK"))
                    // The server is still there.
                    #expect(try Scraper.get(server).contains("200 OK"))
                    try await group.waitForAll()
                }
            }
        }

        @Test(arguments: [Duration.zero, .milliseconds(50), .seconds(-1)])
        func `it stops when the window is over`(_ window: Duration) async throws {
            let started = Started()
            let service = service(window, started: started)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    let server = try await started.server
                    _ = try Scraper.get(server)
                    trigger.triggerGracefulShutdown()
                    try await group.waitForAll()
                    #expect(throws: (any Error).self) { try Scraper(server) }
                }
            }
        }

        @Test func `it does not wait for a scraper that never came, unless it is told to`() async throws {
            let started = Started()
            let service = service(started: started)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    _ = try await started.server
                    trigger.triggerGracefulShutdown()
                    try await group.waitForAll()
                }
            }
            #expect(service.window(hasServed: false) == .zero)
            #expect(service.window(hasServed: true) == .seconds(15))
            for hasServed in [false, true] {
                #expect(self.service(.seconds(60), started: started).window(hasServed: hasServed) == .seconds(60))
            }
        }

        @Test func `it waits for one who has scraped before`() async throws {
            let started = Started()
            let service = service(started: started)
            try await testGracefulShutdown { trigger in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await service.run() }
                    let server = try await started.server
                    _ = try Scraper.get(server)
                    trigger.triggerGracefulShutdown()
                    #expect(try Scraper.get(server).contains("200 OK"))
                    try await group.waitForAll()
                }
            }
        }

        @Test func `cancellation stops it at once, also while it waits for the last scrape`() async throws {
            for isShuttingDown in [false, true] {
                let started = Started()
                let service = service(.seconds(3_600), started: started)
                try await testGracefulShutdown { trigger in
                    let run = Task { try await service.run() }
                    let server = try await started.server
                    if isShuttingDown { trigger.triggerGracefulShutdown() }
                    run.cancel()
                    try await run.value
                    #expect(throws: (any Error).self) { try Scraper(server) }
                }
            }
        }

        @Test func `a server that cannot start fails the service`() async throws {
            let server = try MetricsServer.start(port: 0, registry: .current)
            let service = MetricsService(.init(address: server.address), registry: .current)
            let error = await #expect(throws: ServerError.self) { try await service.run() }
            #expect(error?.code == .addressInUse)
        }

        @Test func `a signal stops the group, the exporter last`() async throws {
            /// Counts when it is told to stop, as a service that finishes its work does.
            struct Worker: Service {
                let jobs: Counter
                func run() async throws {
                    try await gracefulShutdown()
                    jobs.increment(by: 3)
                }
            }
            let jobs = Counter("jobs", help: "Jobs.")
            let started = Started()
            let metrics = service(.seconds(3_600), started: started)
            let group = ServiceGroup(
                services: [metrics, Worker(jobs: jobs)], gracefulShutdownSignals: [.sigusr2],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                let server = try await started.server
                // The group listens to signals before it starts its services.
                kill(getpid(), SIGUSR2)
                // A scrape that the shutdown of the exporter overtakes is not the last; then there is another.
                while let page = try? Scraper.get(server), !page.contains("jobs_total 3\n") {
                    try await Task.sleep(for: .milliseconds(2))
                }
                while (try? Scraper.get(server)) != nil { try await Task.sleep(for: .milliseconds(2)) }
                try await tasks.waitForAll()
            }
            #expect(jobs.value == 3)
        }
    }

    /// A collector that waits until a test lets it go.
    final class Gate: Collector, Sendable {
        private let entered = Atomic(false)
        private let opened = Atomic(false)

        var isEntered: Bool { entered.load(ordering: .acquiring) }
        func open() { opened.store(true, ordering: .releasing) }

        func collect() -> [MetricFamilySnapshot] {
            entered.store(true, ordering: .releasing)
            while !opened.load(ordering: .acquiring) { usleep(1_000) }
            return []
        }
    }
#endif
