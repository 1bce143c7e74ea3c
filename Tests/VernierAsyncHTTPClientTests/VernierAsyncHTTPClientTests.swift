#if AsyncHTTPClient
import Testing

@Suite struct VernierAsyncHTTPClientTests { @Test func `stub`() {} }
#endif
