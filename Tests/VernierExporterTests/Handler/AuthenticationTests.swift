import Testing

@testable import VernierExporter

@Suite struct AuthenticationTests {
    @Test(arguments: [
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", true), ("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", true),
        ("BASIC  QWxhZGRpbjpvcGVuIHNlc2FtZQ==", true), ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=", false),
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZR==", false), ("Basic", false), ("Basic ", false), ("", false),
        ("Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ==", false), ("QWxhZGRpbjpvcGVuIHNlc2FtZQ==", false), (nil, false),
        ("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==QWxhZGRpbjpvcGVuIHNlc2FtZQ==", false),
    ])
    func `basic credentials are those of RFC 7617`(header: String?, isRight: Bool) {
        let authentication = Authentication.basic(username: "Aladdin", password: "open sesame")
        #expect(authentication.accepts(authorization: header) == isRight)
        #expect(authentication.challenge == "Basic realm=\"metrics\", charset=\"UTF-8\"")
    }

    @Test(arguments: [
        ("Bearer s3cret", true), ("bearer s3cret", true), ("Bearer s3creT", false), ("Bearer s3cre", false),
        ("Bearer s3crets3cret", false), ("Bearer ", false), ("Basic s3cret", false), (nil, false),
    ])
    func `a bearer token is compared whole`(header: String?, isRight: Bool) {
        let authentication = Authentication.bearer(token: "s3cret")
        #expect(authentication.accepts(authorization: header) == isRight)
        #expect(authentication.challenge == "Bearer realm=\"metrics\"")
    }

    @Test func `an empty token lets nobody in`() {
        #expect(!Authentication.bearer(token: "").accepts(authorization: "Bearer "))
        #expect(!isEqualInConstantTime([], []))
    }

    @Test func `dumping shows no secret`() {
        for authentication in [Authentication.bearer(token: "secret"), .basic(username: "a", password: "secret")] {
            var text = ""
            dump(authentication, to: &text)
            #expect(!text.contains("secret"))
        }
    }

    @Test func `printing shows no secret`() {
        let configuration = MetricsServer.Configuration(authentication: .basic(username: "me", password: "s3cret"))
        #expect(!"\(configuration)".contains("s3cret"))
        #expect("\(configuration)".contains("me"))
        #expect(!String(reflecting: Authentication.bearer(token: "s3cret")).contains("s3cret"))
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("ÿÿÿ>?", "w7/Dv8O/Pj8="),
    ])
    func `base64 is that of RFC 4648`(text: String, encoded: String) {
        #expect(String(decoding: base64(Array(text.utf8)), as: UTF8.self) == encoded)
    }
}
