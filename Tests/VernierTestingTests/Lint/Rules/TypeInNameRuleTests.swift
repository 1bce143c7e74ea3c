import Testing
import Vernier
import VernierTesting

@Suite struct TypeInNameRuleTests {
    @Test(arguments: [
        ("x_gauge", MetricType.gauge), ("x_Gauge_y", .gauge), ("x_counter", .counter), ("x_histogram", .histogram),
        ("x_summary", .summary), ("_gauge", .gauge),
    ])
    func theOwnTypeInTheNameIsFound(name: String, type: MetricType) {
        #expect(
            TypeInNameRule().findings(in: family(name, type)) == ["a name should not say the type \"\(type.rawValue)\""]
        )
    }

    @Test(arguments: [
        ("x_counter", MetricType.gauge), ("gauge_x", .gauge), ("gauge", .gauge), ("x_gauges", .gauge),
        ("x_unknown", .unknown), ("x_histogram", .summary),
    ])
    func otherTypesAndFirstWordsAreRight(name: String, type: MetricType) {
        #expect(TypeInNameRule().findings(in: family(name, type)).isEmpty)
    }
}
