#if SwiftMetrics
public import CoreMetrics
#endif
