#if SQLite
import Testing

@Suite struct VernierGRDBTests { @Test func `stub`() {} }
#endif
