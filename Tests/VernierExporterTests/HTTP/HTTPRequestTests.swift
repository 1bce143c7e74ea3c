import Testing

@testable import VernierExporter

@Suite struct HTTPRequestTests {
    @Test(arguments: [
        ("/", "/"), ("/metrics", "/metrics"), ("/a%20b", "/a b"), ("/a+b", "/a+b"), ("/%C3%A4", "/ä"),
        ("http://host:1/metrics", "/metrics"), ("HTTP://host", "/"), ("https://host?x", "/"), ("*", "*"), ("/?", "/"),
        ("/%FF", "/\u{FFFD}"),
    ])
    func `a path is decoded`(target: String, path: String) {
        #expect(HTTPRequest(target: target)?.path == path)
    }

    @Test(arguments: [
        "", "metrics", "host:80", "/a b", "/\t", "/\u{7F}", "/ä", "/a#b", "/%", "/%4", "/%4x", "/%x4", "/?a=%",
        "/?%zz=1",
        "http://", "http:///x", "ftp://host/", "**", "?a",
    ])
    func `a broken target makes no request`(target: String) {
        #expect(HTTPRequest(target: target) == nil)
    }

    @Test func `query items are decoded and keep their order`() throws {
        let request = try #require(HTTPRequest(target: "/m?name[]=a&name%5B%5D=b%26c&x&y=1+2&&=3&name[]=d=e"))
        #expect(
            request.query == [
                .init(name: "name[]", value: "a"), .init(name: "name[]", value: "b&c"), .init(name: "x", value: ""),
                .init(name: "y", value: "1 2"), .init(name: "", value: "3"), .init(name: "name[]", value: "d=e"),
            ])
        #expect(request.queryValues("name[]") == ["a", "b&c", "d=e"])
        #expect(request.queryValues("z").isEmpty)
    }

    @Test(arguments: [
        (HTTPVersion.http11, nil, true), (.http11, "keep-alive", true), (.http11, "close", false),
        (.http10, nil, false),
        (.http10, "Keep-Alive", true), (.http10, "keep-alive, close", false),
    ])
    func `whether a connection stays open depends on version and field`(
        version: HTTPVersion, field: String?, stays: Bool
    ) {
        var request = HTTPRequest(path: "/", version: version)
        if let field { request.headers.add(name: "Connection", value: field) }
        #expect(request.keepsConnectionOpen == stays)
    }
}
