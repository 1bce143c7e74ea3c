import Testing
import VernierInstrumentation

@Suite struct ServerNameTests {
    @Test(arguments: [
        ("https://example.com", "example.com"), ("https://example.com/", "example.com"),
        ("https://example.com:443/a", "example.com"), ("http://example.com:80", "example.com"),
        ("http://example.com:443/", "example.com:443"), ("https://example.com:8443?q", "example.com:8443"),
        ("HTTPS://EXAMPLE.com:443", "example.com"), ("https://example.com#part", "example.com"),
        ("https://user:secret@example.com:8080/x", "example.com:8080"), ("https://a@b@example.com/", "example.com"),
        ("http://127.0.0.1:9464/metrics", "127.0.0.1:9464"), ("http://[::1]/", "[::1]"),
        ("http://[::1]:8080/", "[::1]:8080"), ("https://example.com:/", "example.com"),
        ("https://example.com/http://other.com:81", "example.com"), ("http+unix://%2Ftmp%2Fsock/x", "%2ftmp%2fsock"),
    ]) func `a URL names its server`(_ url: String, _ name: String) {
        #expect(ServerName(url: url).text == name)
    }

    @Test(arguments: [
        "", "example.com", "https:", "https:/example.com", "https://", "https:///path", "://", "https://:80",
        "https://example.com:port", "https://example.com:65536", "https://example.com:-1", "https://user@",
        "https://example.com:+80", "https://" + String(repeating: "a", count: 256), "https://[::1]x:y",
    ]) func `a text without a server has another name`(_ url: String) {
        #expect(ServerName(url: url).text == "_OTHER")
    }

    @Test func `an address with colons stands in brackets`() {
        #expect(ServerName(host: "::1", port: 8080, scheme: "http").text == "[::1]:8080")
        #expect(ServerName(host: "[::1]", port: 8080, scheme: "http").text == "[::1]:8080")
        #expect(ServerName(host: "::1", port: 80, scheme: "http").text == "[::1]")
        #expect(ServerName(host: "::1").text == ServerName(url: "https://[::1]/").text)
        #expect(ServerName(host: "db", port: 1).text == "db:1")
        #expect(ServerName(host: String(repeating: "a", count: 255)).text.utf8.count == 255)
    }
}
