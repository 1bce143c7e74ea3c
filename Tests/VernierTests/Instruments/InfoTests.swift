import Testing

@testable import Vernier

@Suite struct InfoTests {
    @Test func `facts are labels of a sample with the value 1`() {
        let registry = Registry()
        Info("app_build", help: "B.", ["version": "1.4.2", "commit": "9f3\"c"], registry: registry)
        #expect(registry.samples(of: "app_build") == [#"app_build_info{version="1.4.2",commit="9f3\"c"} 1"#])
        #expect(registry.point(of: "app_build") == .info)
        #expect(registry.family("app_build")?.type == .info)
    }

    @Test func `facts may be missing and the name may end in _info`() {
        let registry = Registry()
        Info("target_info", help: "T.", [:], registry: registry)
        #expect(registry.samples(of: "target") == ["target_info 1"])
    }

    @Test func `the same facts are one metric and others clash`() throws {
        let registry = Registry(clashPolicy: .detach)
        Info("build", help: "B.", ["version": "1"], registry: registry)
        try Info(validating: "build", help: "B.", ["version": "1"], registry: registry)
        let error = #expect(throws: RegistrationError.self) {
            try Info(validating: "build", help: "B.", ["version": "2"], registry: registry)
        }
        #expect(error?.description.contains("shape (facts [\"2\"], facts [\"1\"])") == true)
        #expect(throws: RegistrationError.self) {
            try Info(validating: "x", help: "X.", ["a": "1", "a": "2"], registry: registry)
        }
        Info("build", help: "B.", ["version": "3"], registry: registry)
        #expect(registry.detachedCount == .counter(1))
        #expect(registry.samples(of: "build") == ["build_info{version=\"1\"} 1"])
    }
}
