import Testing
import Vernier
import VernierTesting

@Suite struct ReservedSuffixRuleTests {
    @Test(arguments: [
        ("x_bucket", MetricType.gauge), ("x_count", .gauge), ("x_sum", .stateSet), ("x_bucket", .summary),
    ])
    func aNameThatLooksLikeAPartIsFound(name: String, type: MetricType) throws {
        let finding = try #require(ReservedSuffixRule().findings(in: family(name, type)).first)
        #expect(finding.contains("\"_\(name.dropFirst(2))\""))
        #expect(finding.hasSuffix("summary") == !name.hasSuffix("bucket"))
    }

    @Test(arguments: [
        ("x_bucket", MetricType.histogram), ("x_count", .histogram), ("x_count", .summary), ("x_sum", .summary),
        ("x_sum", .unknown), ("x_bucket", .counter), ("x_buckets", .gauge), ("count", .gauge),
        ("x_count", .gaugeHistogram),
    ])
    func whereThePartsBelongOrTheNameGoesOnItIsRight(name: String, type: MetricType) {
        #expect(ReservedSuffixRule().findings(in: family(name, type)).isEmpty)
    }
}
