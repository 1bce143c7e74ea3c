#if Hummingbird
import Testing
import HummingbirdTesting
@Suite struct VernierHummingbirdTests { @Test func `stub`() {} }
#endif
