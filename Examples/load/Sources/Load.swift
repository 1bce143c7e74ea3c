import AsyncHTTPClient
import ExampleSupport
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Vernier
import VernierAsyncHTTPClient

/// Sends requests to a server: see `load --help`.
@main
struct Load {
    static func main() async {
        await runProgram("load") {
            let options = try Options(CommandLine.arguments.dropFirst(), known: Plan.options, takesWords: true)
            if options.wantsHelp { return say(Plan.usage) }
            let plan = try Plan(options)
            let stopping = StopFlag()
            let began = ContinuousClock.now
            let tallies = await Run(plan, stopping).tallies()
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            say(try Report(tallies, seconds: seconds, wasInterrupted: stopping.isAsked).json)
            if let file = plan.metricsFile {
                try Data(Registry.default.page(as: .text).utf8).write(to: URL(fileURLWithPath: file))
            }
        }
    }
}

/// Whether SIGINT or SIGTERM has come.
final class StopFlag: Sendable {
    private let asked = Mutex(false)

    var isAsked: Bool { asked.withLock { $0 } }

    init() { onStopSignal { [self] in asked.withLock { $0 = true } } }
}

/// One run: tasks that each send a request after the other.
private final class Run: Sendable {
    private let plan: Plan
    private let stopping: StopFlag
    private let client = HTTPClient.shared.metered()
    private let next: Mutex<(number: Int, random: SeededGenerator)>
    private let began = ContinuousClock.now
    /// Each request as often as its weight says.
    private let mix: [RequestTemplate]

    init(_ plan: Plan, _ stopping: StopFlag) {
        self.plan = plan
        self.stopping = stopping
        mix = plan.requests.flatMap { Array(repeating: $0, count: $0.weight) }
        next = Mutex((number: 0, random: SeededGenerator(seed: plan.seed)))
    }

    func tallies() async -> [String: Tally] {
        await withTaskGroup(of: [String: Tally].self) { group in
            for _ in 0..<plan.concurrency { group.addTask { await self.work() } }
            return await group.reduce(into: [:]) { all, part in
                for (name, tally) in part { all[name, default: Tally()].add(tally) }
            }
        }
    }

    private func work() async -> [String: Tally] {
        var tallies: [String: Tally] = [:]
        while let (number, template, target, body) = take() {
            if let rate = plan.rate { await wait(until: began + .seconds(Double(number) / rate)) }
            if isOver { break }
            await send(template, target, body, &tallies[template.name, default: Tally()])
        }
        return tallies
    }

    /// The next request of all tasks together.
    private func take() -> (Int, RequestTemplate, String, String?)? {
        guard !isOver else { return nil }
        return next.withLock { next in
            guard next.number < plan.count else { return nil }
            defer { next.number += 1 }
            let template = mix[Int.random(in: mix.indices, using: &next.random)]
            let (target, body) = template.made(with: &next.random)
            return (next.number, template, target, body)
        }
    }

    private var isOver: Bool {
        stopping.isAsked || plan.duration.map { ContinuousClock.now >= began + $0 } ?? false
    }

    private func wait(until moment: ContinuousClock.Instant) async {
        while !isOver, ContinuousClock.now < moment {
            try? await Task.sleep(until: min(moment, .now + .milliseconds(100)), clock: .continuous)
        }
    }

    private func send(_ template: RequestTemplate, _ target: String, _ body: String?, _ tally: inout Tally) async {
        var request = HTTPClientRequest(url: plan.base + target)
        request.method = HTTPMethod(rawValue: template.method)
        if let body {
            request.body = .bytes(ByteBuffer(string: body))
            let isJSON = body.hasPrefix("{") || body.hasPrefix("[")
            request.headers.add(name: "Content-Type", value: isJSON ? "application/json" : "text/plain")
        }
        let began = ContinuousClock.now
        var taken: Double { (ContinuousClock.now - began) / .seconds(1) }
        do {
            let response = try await client.execute(request, timeout: .milliseconds(Int64(plan.timeout * 1000)))
            var bytes = 0
            for try await piece in response.body { bytes += piece.readableBytes }
            tally.add(status: Int(response.status.code), bytes: bytes, seconds: taken)
        } catch {
            let name = (error as? HTTPClientError)?.shortDescription ?? String(describing: type(of: error))
            tally.add(error: name, seconds: taken)
        }
    }
}
