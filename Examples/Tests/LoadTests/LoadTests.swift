import ExampleSupport
import Foundation
import Testing

@testable import load

struct PlanTests {
    private func plan(_ arguments: [String]) throws -> Plan {
        try Plan(Options(arguments, known: Plan.options, takesWords: true))
    }

    @Test func `a plan is what the arguments say`() throws {
        let plan = try plan([
            "--url", "http://localhost:1//", "--for", "0.5", "--rate", "3", "2*GET /a?b={1..3}", "POST /c d e",
        ])
        #expect(plan.base == "http://localhost:1")
        #expect(plan.count == Plan.mostRequests && plan.duration == .milliseconds(500) && plan.rate == 3)
        #expect(plan.concurrency == 4 && plan.timeout == 10 && plan.seed == 1)
        #expect(plan.requests.map(\.name) == ["GET /a", "POST /c"])
        #expect(plan.requests.map(\.weight) == [2, 1])
    }

    @Test(arguments: [
        (["--count", "1", "GET /"], "--url"), (["--url", "http://a", "--count", "1"], "at least one request"),
        (["--url", "http://a", "GET /"], "--count or --for"), (["--url", "http://a", "--count", "0", "GET /"], "1 to"),
        (["--url", "http://a", "--count", "1", "GET"], "is no request"),
        (["--url", "http://a", "--count", "1", "0*GET /"], "weight"),
        (["--url", "http://a", "--count", "1", "--seed", "-1", "GET /"], "--seed"),
    ])
    func `what does not fit is refused, and said`(arguments: [String], said: String) throws {
        let problem = try #require(throws: Options.Problem.self) { try plan(arguments) }
        #expect(problem.description.contains(said), "\(problem)")
    }
}

struct RequestTemplateTests {
    @Test func `numbers are picked from their range, the same ones for the same seed`() throws {
        let template = try RequestTemplate("POST /a?b={7..9}&c={x..y} {\"n\":{0..0}}")
        var (one, other) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
        var targets: Set<String> = []
        for _ in 0..<100 {
            let (target, body) = template.made(with: &one)
            #expect(body == "{\"n\":0}")
            #expect(target == template.made(with: &other).target)
            targets.insert(target)
        }
        #expect(targets == ["/a?b=7&c={x..y}", "/a?b=8&c={x..y}", "/a?b=9&c={x..y}"])
    }

    @Test func `a range that is none stays as it is, and a request need have no body`() throws {
        var random = SeededGenerator(seed: 1)
        let made = try RequestTemplate("GET /{3..1}").made(with: &random)
        #expect(made.target == "/{3..1}" && made.body == nil)
    }
}

struct ReportTests {
    @Test func `ranks are times that were measured`() {
        var tally = Tally()
        for number in 1...100 { tally.add(status: 200, bytes: 2, seconds: Double(number)) }
        #expect(
            tally.ranks == ["mean": 50.5, "min": 1, "p50": 50, "p90": 90, "p95": 95, "p99": 99, "max": 100])
        #expect(Tally().ranks.isEmpty)
    }

    @Test func `a report counts each kind of request, and tallies of tasks are put together`() throws {
        var (one, other) = (Tally(), Tally())
        one.add(status: 200, bytes: 10, seconds: 0.5)
        other.add(status: 503, bytes: 1, seconds: 0.25)
        other.add(error: "connect timeout", seconds: 1)
        one.add(other)
        let report = Report(["GET /a": one], seconds: 2, wasInterrupted: true)
        #expect(report.sent == 3 && report.requestsPerSecond == 1.5)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any])
        #expect(json["was_interrupted"] as? Bool == true)
        let request = try #require((json["requests"] as? [[String: Any]])?.first)
        #expect(request["request"] as? String == "GET /a" && request["response_bytes"] as? Int == 11)
        #expect(request["statuses"] as? [String: Int] == ["200": 1, "503": 1])
        #expect(request["errors"] as? [String: Int] == ["connect timeout": 1])
    }
}
