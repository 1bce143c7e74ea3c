#if NIO
public import NIOSSL
#endif
