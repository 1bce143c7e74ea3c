#if ServiceLifecycle
public import ServiceLifecycle
#endif
