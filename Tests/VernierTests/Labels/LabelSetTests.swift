import Testing

@testable import Vernier

@Suite struct LabelSetTests {
    struct Route: LabelSet {
        var method: Method
        var path: String

        static let labels = Labels2(Label<Method>("method"), Label<String>("path"))
        var values: (Method, String) { (method, path) }
    }

    struct Switch: LabelSet {
        var isOn: Bool
        var method: Method

        static let labels = Labels2(Label<Bool>("is_on"), Label<Method>("method"))
        var values: (Bool, Method) { (isOn, method) }
    }

    @Test func `a struct names the series of a family`() {
        let registry = Registry()
        let hits = CounterFamily("hits", help: "Hits.", labels: .set(Route.self), registry: registry)
        hits[Route(method: .get, path: "/users/{id}")].increment()
        hits[Route(method: .get, path: "/users/{id}")].increment()
        hits[Route(method: .post, path: "/")].increment()
        #expect(
            registry.samples(of: "hits") == [
                "hits_total{method=\"GET\",path=\"/users/{id}\"} 2", "hits_total{method=\"POST\",path=\"/\"} 1",
            ])
    }

    @Test func `a struct of finite labels has all series from the start`() {
        let registry = Registry()
        let family = GaugeFamily("switches", help: "S.", labels: .set(Switch.self), registry: registry)
        family[Switch(isOn: true, method: .get)].set(5)
        #expect(family.seriesCount == 4)
        #expect(
            registry.samples(of: "switches") == [
                "switches{is_on=\"false\",method=\"GET\"} 0", "switches{is_on=\"false\",method=\"POST\"} 0",
                "switches{is_on=\"true\",method=\"GET\"} 5", "switches{is_on=\"true\",method=\"POST\"} 0",
            ])
    }
}
