#if Tracing
import Testing

@Suite struct VernierTracingTests { @Test func `stub`() {} }
#endif
