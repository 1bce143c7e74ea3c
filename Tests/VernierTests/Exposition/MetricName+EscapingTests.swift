import Testing

@testable import Vernier

@Suite struct EscapingSchemeTests {
    /// Names with what three schemes make of them, as `prometheus_client` for Python has it.
    static let names: [(String, underscores: String, dots: String, values: String)] = [
        ("http.requests", "http_requests", "http_dot_requests", "U__http_2e_requests"),
        (
            "http.requests_total", "http_requests_total", "http_dot_requests__total",
            "U__http_2e_requests__total"
        ),
        ("a:b.c", "a:b_c", "a:b_dot_c", "U__a:b_2e_c"), ("größe", "gr__e", "gr____e", "U__gr_f6__df_e"),
        ("💡", "_", "__", "U___1f4a1_"), ("1st", "_st", "__st", "U___31_st"), ("a b", "a_b", "a__b", "U__a_20_b"),
        ("_a.b", "_a_b", "__a_dot_b", "U____a_2e_b"), (".", "_", "_dot_", "U___2e_"),
        ("U__a_2e_b.c", "U__a_2e_b_c", "U____a__2e__b_dot_c", "U__U____a__2e__b_2e_c"),
        ("日本.語", "____", "_____dot___", "U___65e5__672c__2e__8a9e_"), ("-", "_", "__", "U___2d_"),
        ("a\"b\\c", "a_b_c", "a__b__c", "U__a_22_b_5c_c"), ("a\n", "a_", "a__", "U__a_a_"),
    ]

    @Test(arguments: names)
    func `a metric's name is escaped as a scheme says`(
        name: String, underscores: String, dots: String, values: String
    ) {
        #expect(EscapingScheme.allowUTF8.written(metric: name) == name)
        #expect(EscapingScheme.underscores.written(metric: name) == underscores)
        #expect(EscapingScheme.dots.written(metric: name) == dots)
        #expect(EscapingScheme.values.written(metric: name) == values)
        for scheme in EscapingScheme.allCases where scheme != .allowUTF8 {
            #expect(MetricName.isLegacy(metric: scheme.written(metric: name)))
        }
    }

    @Test(arguments: [
        ("a:b", "a_b", "a__b", "U__a_3a_b"),
        ("http.method", "http_method", "http_dot_method", "U__http_2e_method"),
        ("9lives", "_lives", "__lives", "U___39_lives"),
    ])
    func `a label's name is escaped likewise, and a colon too`(
        name: String, underscores: String, dots: String, values: String
    ) {
        #expect(EscapingScheme.allowUTF8.written(label: name) == name)
        #expect(EscapingScheme.underscores.written(label: name) == underscores)
        #expect(EscapingScheme.dots.written(label: name) == dots)
        #expect(EscapingScheme.values.written(label: name) == values)
        #expect(EscapingScheme.forms(ofLabel: name) == [name, underscores, dots, values])
        #expect(LabelText.written([LabelPair(name, "."), LabelPair("z", "1")], .dots).map(\.name) == [dots, "z"])
    }

    @Test(arguments: EscapingScheme.allCases, ["http_requests", "a", "_a_b", "U__a_2e_b", "a_dot_b"])
    func `pages show a legacy name as it is`(scheme: EscapingScheme, name: String) {
        #expect(scheme.written(metric: name) == name)
        #expect(scheme.written(label: name) == name)
        #expect(EscapingScheme.forms(ofLabel: name) == [name])
    }

    @Test func `the scheme for dots itself escapes underscores of legacy names`() {
        #expect(EscapingScheme.dots.escaped("http_requests", .metric) == "http__requests")
        #expect(EscapingScheme.dots.escaped("requests", .metric) == "requests")
        #expect(EscapingScheme.values.escaped("http_requests", .metric) == "http_requests")
        #expect(EscapingScheme.underscores.escaped("http_requests", .metric) == "http_requests")
        #expect(EscapingScheme.allowUTF8.escaped("http_requests", .metric) == "http_requests")
    }

    @Test func `names that become one under a scheme are told by their forms`() {
        #expect(!EscapingScheme.forms(ofLabel: "a.b").isDisjoint(with: EscapingScheme.forms(ofLabel: "a_b")))
        #expect(!EscapingScheme.forms(ofLabel: "a.b").isDisjoint(with: EscapingScheme.forms(ofLabel: "a-b")))
        #expect(!EscapingScheme.forms(ofLabel: "a.b").isDisjoint(with: EscapingScheme.forms(ofLabel: "a_dot_b")))
        #expect(!EscapingScheme.forms(ofLabel: "a.b").isDisjoint(with: EscapingScheme.forms(ofLabel: "U__a_2e_b")))
        #expect(EscapingScheme.forms(ofLabel: "a.b").isDisjoint(with: EscapingScheme.forms(ofLabel: "a.c")))
    }
}
