#if SwiftMetrics
import Testing
import MetricsTestKit
@Suite struct VernierSwiftMetricsTests { @Test func `stub`() {} }
#endif
