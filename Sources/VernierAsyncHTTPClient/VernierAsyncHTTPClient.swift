#if AsyncHTTPClient
public import AsyncHTTPClient
#endif
