#if Tracing
public import Tracing
#endif
