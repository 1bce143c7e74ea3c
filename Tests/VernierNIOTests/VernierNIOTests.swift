#if NIO
import Testing
import NIOEmbedded
@Suite struct VernierNIOTests { @Test func `stub`() {} }
#endif
