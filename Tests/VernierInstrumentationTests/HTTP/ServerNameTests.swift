import Testing
import VernierInstrumentation

@Suite struct ServerNameTests {
    @Test(
        arguments: [
            ("https://example.com", "example.com", 443), ("http://example.com/", "example.com", 80),
            ("https://example.com:443/a", "example.com", 443), ("http://example.com:443/", "example.com", 443),
            ("https://example.com:8443?q", "example.com", 8443), ("HTTPS://EXAMPLE.com:443", "example.com", 443),
            ("https://example.com#part", "example.com", 443), ("wss://example.com/", "example.com", 443),
            ("https://user:secret@example.com:8080/x", "example.com", 8080),
            ("https://a@b@example.com/", "example.com", 443),
            ("http://127.0.0.1:9464/metrics", "127.0.0.1", 9464), ("http://[::1]/", "::1", 80),
            ("http://[FE80::1]:8080/", "fe80::1", 8080), ("https://example.com:/", "example.com", 443),
            ("https://example.com/http://other.com:81", "example.com", 443),
            ("http+unix://%2Ftmp%2Fsock/x", "%2ftmp%2fsock", nil),
        ] as [(String, String, Int?)])
    func `a URL names its server`(_ url: String, _ address: String, _ port: Int?) {
        let server = ServerName(url: url)
        #expect(server.address == address && server.port == port)
    }

    @Test(arguments: [
        "", "example.com", "https:", "https:/example.com", "https://", "https:///path", "://", "https://:80",
        "https://example.com:port", "https://example.com:65536", "https://example.com:-1", "https://user@",
        "https://example.com:+80", "https://[]/", "https://" + String(repeating: "a", count: 256), "https://[::1]x:y",
    ]) func `a text without a server has another name`(_ url: String) {
        let server = ServerName(url: url)
        #expect(server.address == "_OTHER" && server.port == nil)
    }

    @Test func `an address with colons stands without brackets`() {
        let server = ServerName(host: "::1", port: 8080, scheme: "http")
        #expect(server.address == "::1" && server.port == 8080)
        #expect(ServerName(host: "[::1]", port: 8080, scheme: "http") == server)
        #expect(ServerName(host: "::1") == ServerName(url: "https://[::1]/"))
        #expect(ServerName(host: String(repeating: "a", count: 255)).address.utf8.count == 255)
    }

    @Test(arguments: [-1, 65_536, .max]) func `a port that is none is not known`(_ port: Int) {
        #expect(ServerName(host: "db", port: port).port == nil)
    }
}
