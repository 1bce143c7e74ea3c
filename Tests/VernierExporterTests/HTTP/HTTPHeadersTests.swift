import Testing

@testable import VernierExporter

@Suite struct HTTPHeadersTests {
    @Test func `names compare without regard to case`() {
        let headers: HTTPHeaders = ["Content-Type": "a", "X-One": "1"]
        #expect(headers["content-TYPE"] == "a")
        #expect(headers["x-one"] == "1")
        #expect(headers["X-On"] == nil)
    }

    @Test func `repeated fields are joined with a comma`() {
        var headers: HTTPHeaders = ["Accept": "a"]
        headers.add(name: "accept", value: "b")
        #expect(headers["Accept"] == "a, b")
        #expect(headers.count(of: "ACCEPT") == 2)
        #expect(headers.fields.map(\.name) == ["Accept", "accept"])
    }

    @Test(arguments: [
        ("close", true), ("Close", true), ("keep-alive, close", true), ("keep-alive ,\tCLOSE ", true),
        (" , close,", true),
        ("closed", false), ("", false), (",,", false), ("keep-alive", false),
    ])
    func `a token is found in a list`(value: String, isThere: Bool) {
        let headers: HTTPHeaders = ["Connection": value]
        #expect(headers.contains(token: "close", in: "connection") == isThere)
    }

    @Test func `no field holds no token`() {
        #expect(!HTTPHeaders().contains(token: "close", in: "Connection"))
    }
}
