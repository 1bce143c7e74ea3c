#if Hummingbird
public import Hummingbird
#endif
