import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

@Suite(.isolatedRegistry) struct RPCMetricsTests {
    func count(_ side: String, _ status: String, error: String = "", method: String = "shop.Orders/Place") -> Double? {
        var labels = ["rpc_system_name": "grpc", "rpc_method": method, "rpc_response_status_code": status]
        labels["error_type"] = error
        return Registry.current.value(of: "rpc_\(side)_call_duration_seconds_count", labels: labels)
    }

    @Test func `a call counts once, whatever ends it again`() {
        let call = RPCMetrics(.server).start("shop.Orders/Place")
        let method: [String: String] = ["rpc_system_name": "grpc", "rpc_method": "shop.Orders/Place"]
        #expect(Registry.current.value(of: "rpc_server_active_calls", labels: method) == 1)
        call.addRequests()
        call.addRequests(2)
        call.addResponses()
        call.end(.ok)
        call.end(.internalError)
        #expect(count("server", "OK") == 1)
        #expect(count("server", "INTERNAL", error: "INTERNAL") == nil)
        #expect(Registry.current.value(of: "rpc_server_active_calls", labels: method) == 0)
        #expect(Registry.current.value(of: "rpc_server_requests_per_call_sum", labels: method) == 3)
        #expect(Registry.current.value(of: "rpc_server_responses_per_call_sum", labels: method) == 1)
    }

    @Test func `counts of messages are bounded`() {
        let call = RPCMetrics(.server).start("shop.Orders/Place")
        call.addRequests(.max)
        call.addRequests(.max)
        call.addResponses(-5)
        call.addResponses(2)
        call.end(.ok)
        let method: [String: String] = ["rpc_system_name": "grpc", "rpc_method": "shop.Orders/Place"]
        #expect(Registry.current.value(of: "rpc_server_requests_per_call_sum", labels: method) == 0)
        #expect(Registry.current.value(of: "rpc_server_responses_per_call_sum", labels: method) == 2)
    }

    @Test func `a call that nobody holds any more was cancelled`() {
        let metrics = RPCMetrics(.client)
        do { _ = metrics.start("shop.Orders/Place") }
        #expect(count("client", "CANCELLED", error: "CANCELLED") == 1)
    }

    @Test func `a server's errors are not those of its callers`() {
        let (server, client) = (RPCMetrics(.server), RPCMetrics(.client))
        for status in RPCStatus.allCases {
            server.start("shop.Orders/Place").end(status)
            client.start("shop.Orders/Place").end(status)
        }
        let ofServer: Set<RPCStatus> = [
            .unknown, .deadlineExceeded, .unimplemented, .internalError, .unavailable, .dataLoss,
        ]
        for status in RPCStatus.allCases {
            let code = status.rawValue
            #expect(count("server", code, error: ofServer.contains(status) ? code : "") == 1)
            #expect(count("client", code, error: status == .ok ? "" : code) == 1)
        }
    }

    @Test func `a method that the server does not have is no name of a stranger's`() {
        RPCMetrics(.server).start(nil).end(.unimplemented)
        #expect(count("server", "UNIMPLEMENTED", error: "UNIMPLEMENTED", method: "_OTHER") == 1)
    }

    @Test func `methods beyond the limit share a series`() {
        let metrics = RPCMetrics(.client, limit: 10)
        for index in 0..<1_000 { metrics.start("made.Up/Method\(index)").end(.ok) }
        let names = ["rpc_system_name", "rpc_method", "rpc_response_status_code", "error_type"]
        let overflow = Dictionary(uniqueKeysWithValues: names.map { ($0, "__overflow__") })
        let durations = "rpc_client_call_duration_seconds"
        #expect(Registry.current.value(of: "\(durations)_count", labels: overflow) == 990)
        let lines = Registry.current.page(as: .text).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("\(durations)_count") } == 11)
        #expect(lines.count { $0.hasPrefix("rpc_client_active_calls{") } == 11)
    }

    @Test func `without messages there are no families for them`() {
        RPCMetrics(.client, messages: false).start("shop.Orders/Place").end(.ok)
        #expect(!Registry.current.page(as: .text).contains("per_call"))
        #expect(count("client", "OK") == 1)
    }

    @Test(arguments: zip(0...16, RPCStatus.allCases))
    func `a status has the number that gRPC gives it`(_ code: Int, _ status: RPCStatus) {
        #expect(RPCStatus(code: code) == status)
    }

    @Test(arguments: [-1, 17, .min, .max]) func `a number that is no status is unknown`(_ code: Int) {
        #expect(RPCStatus(code: code) == .unknown)
    }

    @Test func `names are ones that the linter likes`() {
        _ = (RPCMetrics(.client), RPCMetrics(.server))
        let problems = Lint.problems(in: Registry.current, leavingOut: ["vernier_*"])
        #expect(problems.isEmpty, "\(problems)")
    }
}
