import Testing
import Vernier

@testable import VernierExporter

@Suite struct ConfigurationTests {
    private func refusal(_ change: (inout MetricsServer.Configuration) -> Void) -> String? {
        var configuration = MetricsServer.Configuration(address: .tcp(host: "127.0.0.1", port: 0))
        change(&configuration)
        do throws(ServerError) {
            try MetricsServer.start(configuration, registry: Registry()).stop()
            return nil
        } catch {
            return error.code == .invalidConfiguration ? error.description : "wrong code \(error.code)"
        }
    }

    @Test func `the defaults listen on the loopback interface`() throws {
        let configuration = MetricsServer.Configuration()
        #expect(configuration.address == .tcp(host: "127.0.0.1", port: 9464))
        #expect(configuration.metricsPath == "/metrics")
        #expect(configuration.authentication == nil)
        try configuration.validate()
    }

    @Test(arguments: [-1, 65_536, Int.max, Int.min])
    func `a port that does not exist is refused`(port: Int) {
        #expect(
            refusal { $0.address = .tcp(host: "127.0.0.1", port: port) }?.hasPrefix("port \(port) does not exist")
                == true)
    }

    @Test(arguments: ["", "metrics", "/health", "/metrics?x=1", "/a#b", "/%6detrics", "/me trics"])
    func `a path that cannot be served is refused`(path: String) {
        #expect(refusal { $0.metricsPath = path }?.contains("\"\(path)\"") == true)
    }

    @Test func `credentials that cannot be sent are refused`() {
        #expect(refusal { $0.authentication = .basic(username: "a:b", password: "c") }?.contains("colon") == true)
        #expect(refusal { $0.authentication = .bearer(token: "") }?.contains("empty") == true)
        #expect(refusal { $0.authentication = .bearer(token: "abc\r\n") }?.contains("line end") == true)
        #expect(refusal { $0.authentication = .bearer(token: "a b") }?.contains("blank") == true)
        #expect(refusal { $0.authentication = .basic(username: "a", password: "b\n") }?.contains("control") == true)
        #expect(refusal { $0.authentication = .bearer(token: "é") } == nil)
    }

    @Test func `limits of any size are taken, and requests that come in pieces are read`() throws {
        var configuration = MetricsServer.Configuration(address: .tcp(host: "127.0.0.1", port: 0))
        configuration.limits.requestLineBytes = .max
        configuration.limits.headerBytes = .max
        configuration.limits.headerCount = .max
        configuration.limits.requestTime = Duration(attoseconds: .max)
        configuration.limits.responseTime = Duration(attoseconds: .max)
        configuration.limits.idleTime = Duration(attoseconds: .max)
        let server = try MetricsServer.start(configuration, registry: Registry())
        let client = try TestClient(server)
        for piece in ["GET /hea", "lth HTTP/1.1\r\nHo", "st: x\r\n", "\r\n"] {
            client.send(piece)
            _ = eventually(within: .milliseconds(20)) { false }
        }
        #expect(try client.readResponse().status == 200)
        server.stop()
    }

    @Test func `limits with which nothing could be served are refused`() {
        #expect(refusal { $0.limits.requestLineBytes = 10 } == "limits.requestLineBytes is 10: pass at least 64")
        #expect(refusal { $0.limits.headerBytes = 0 } == "limits.headerBytes is 0: pass at least 64")
        #expect(refusal { $0.limits.headerCount = 0 } == "limits.headerCount is 0: pass at least 1")
        #expect(refusal { $0.limits.connections = 0 } == "limits.connections is 0: pass at least 1")
        #expect(refusal { $0.limits.scrapesAtOnce = -1 } == "limits.scrapesAtOnce is -1: pass at least 1")
        #expect(refusal { $0.limits.requestTime = .zero }?.hasPrefix("limits.requestTime is") == true)
        #expect(refusal { $0.limits.responseTime = .seconds(-1) }?.hasPrefix("limits.responseTime is") == true)
        #expect(refusal { $0.limits.idleTime = .zero }?.hasPrefix("limits.idleTime is") == true)
    }

    @Test func `an address reads as one writes it`() {
        #expect(ServerAddress.tcp(host: "a", port: 1).description == "a:1")
        #expect(ServerAddress.tcp(host: "::1", port: 1).description == "[::1]:1")
    }
}
