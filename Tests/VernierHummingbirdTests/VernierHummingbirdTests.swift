#if Hummingbird
import Testing
@Suite struct VernierHummingbirdTests { @Test func `stub`() {} }
#endif
