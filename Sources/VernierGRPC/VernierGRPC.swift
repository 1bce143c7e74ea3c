#if GRPC
public import GRPCCore
#endif
