#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The natural logarithm, of the C library.
func logarithm(_ number: Double) -> Double { log(number) }
