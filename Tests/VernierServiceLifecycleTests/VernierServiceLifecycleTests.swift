#if ServiceLifecycle
import Testing
import ServiceLifecycleTestKit
@Suite struct VernierServiceLifecycleTests { @Test func `stub`() {} }
#endif
