#if GRPC
import Testing
import GRPCNIOTransportHTTP2
@Suite struct VernierGRPCTests { @Test func `stub`() {} }
#endif
