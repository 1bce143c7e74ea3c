import Testing

@testable import Vernier

@Suite struct OutcomeLabelsTests {
    @Test func `the outcome is the last label and moves fastest`() {
        let labels = OutcomeLabels(Labels1(Label<Method>("method")))
        #expect(labels.names == ["method", "outcome"])
        #expect(labels.finiteTexts == [["GET", "POST"], ["ok", "error", "cancelled"]])
        let places = Method.allCases.flatMap { method in Outcome.allCases.map { labels.index(of: (method, $0)) } }
        #expect(places == Array(0..<6))
        #expect(labels.texts(of: (.post, .error)) == ["POST", "error"])
    }

    @Test func `each outcome has a key of its own`() {
        let labels = OutcomeLabels(Labels2(Label<String>("a"), Label<Int>("b")))
        let seeds = KeySeeds()
        var keys: Set<SeriesKey> = []
        for text in ["x", "y", "a label of more than fifteen bytes"] {
            for number in 0..<5 {
                for outcome in Outcome.allCases { keys.insert(labels.key(of: ((text, number), outcome), seeds)) }
            }
        }
        #expect(keys.count == 45)
        #expect(labels.key(of: (("x", 1), .ok), seeds) == labels.key(of: (("x", 1), .ok), seeds))
    }
}
