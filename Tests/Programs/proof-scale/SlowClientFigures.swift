import ProgramSupport
import Vernier
import VernierExporter

/// How a server answers a scraper while many clients hold connections and send almost nothing.
struct SlowClientFigures: Figures {
    var clients: Int
    /// The least connections that the clients held while scrapes ran.
    var held: Int
    /// How many connections they made in all.
    var opened: Int
    var scrapes: Int
    /// How many of them brought a whole page.
    var good: Int
    var slowest: Duration
    /// Bytes in main memory before, and the most meanwhile; `nil` where the system does not say.
    var before: Int?
    var peak: Int?
    /// Open descriptors before, the most meanwhile, and two seconds after the clients went, or earlier when they are back.
    var descriptorsBefore: Int?
    var descriptorsMost: Int?
    var descriptorsAfter: Int?
    /// How long it took until the descriptors were back.
    var back: Duration

    /// How long a scrape may take.
    static let limit = Duration.seconds(1)
    /// How much more memory there may be, in bytes: server, clients and scraper together.
    static let memoryLimit = 8_000_000
    /// How long the descriptors may take.
    static let backLimit = Duration.seconds(2)

    var name: String { "scrapes beside \(clients) slow clients" }

    var text: String {
        let memory =
            if let before, let peak {
                "\(Rounded(megabytes: peak - before)) MB beyond \(Rounded(megabytes: before)) MB"
            } else {
                "not known on this system"
            }
        func count(_ number: Int?) -> String { number.map { "\($0)" } ?? "?" }
        return "\(good) of \(scrapes) answered, slowest \(Rounded(slowest, .milliseconds(1))) ms, "
            + "limit \(Rounded(Self.limit, .milliseconds(1))) ms; \(held) connections held, \(opened) made; "
            + "memory \(memory), limit \(Rounded(megabytes: Self.memoryLimit)) MB; "
            + "descriptors \(count(descriptorsBefore)), \(count(descriptorsMost)), then \(count(descriptorsAfter)) "
            + "after \(Rounded(back, .seconds(1))) s, limit \(Rounded(Self.backLimit, .seconds(1))) s"
    }

    var problem: String? {
        if held < clients { return "only \(held) clients were there, so nothing was proved" }
        if scrapes == 0 || good < scrapes { return "not every scrape was answered" }
        if slowest > Self.limit { return "a scrape was too slow" }
        if let before, let peak, peak - before > Self.memoryLimit { return "memory grew" }
        if let descriptorsBefore, let descriptorsAfter, descriptorsAfter > descriptorsBefore || back > Self.backLimit {
            return "descriptors were left open"
        }
        return nil
    }

    /// Lets the clients hold their connections for five seconds of scrapes, and then watches them go.
    static func measure(clients count: Int) -> SlowClientFigures {
        var figures = SlowClientFigures(
            clients: count, held: 0, opened: 0, scrapes: 0, good: 0, slowest: .zero, back: .zero)
        // Both ends of every connection are in this process.
        System.raiseDescriptorLimit(to: UInt64(count * 2 + 1_000))
        let registry = Registry()
        let family = CounterFamily("rows", help: "Rows.", labels: .of(Label<Int>("table")), registry: registry)
        for table in 0..<1_000 { family[table].increment() }
        guard let server = try? MetricsServer.start(port: 0, registry: registry), let port = server.port else {
            return figures
        }
        defer { server.stop() }
        // The threads and buffers of the first scrape are there with or without slow clients.
        for _ in 0..<10 { _ = Scrape.run(port: port) }
        System.sleep(.milliseconds(200))
        figures.descriptorsBefore = System.openDescriptorCount()
        let memory = Memory.watch { look in
            let clients = SlowClients(count: count, port: port)
            figures.scrape(port, beside: clients, look)
            return clients
        }
        (figures.before, figures.peak) = (memory.before, memory.peak)
        memory.result.end()
        figures.waitForDescriptors()
        return figures
    }

    private mutating func scrape(_ port: Int, beside clients: SlowClients, _ look: () -> Void) {
        held = clients.heldCount
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            let result = Scrape.run(port: port, series: "rows_total{")
            scrapes += 1
            if result.status == 200, result.page.isComplete, result.page.series == 1_000 { good += 1 }
            slowest = max(slowest, result.duration)
            held = min(held, clients.heldCount)
            opened = clients.openedCount
            descriptorsMost = larger(descriptorsMost, System.openDescriptorCount())
            look()
            System.sleep(.milliseconds(50))
        }
    }

    private func larger(_ a: Int?, _ b: Int?) -> Int? { a.map { max($0, b ?? $0) } ?? b }

    private mutating func waitForDescriptors() {
        let began = ContinuousClock.now
        repeat {
            descriptorsAfter = System.openDescriptorCount()
            back = ContinuousClock.now - began
            if let after = descriptorsAfter, let before = descriptorsBefore, after <= before { return }
            System.sleep(.milliseconds(10))
        } while back < Self.backLimit
    }
}
