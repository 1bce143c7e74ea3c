// Native histograms of lists of observations, for a comparison with another library's.
//
//     native-lists --make COUNT --seed NUMBER    writes lists to standard output
//     native-lists                               reads lists from standard input and writes a line for each histogram read
//
// A line `h FACTOR LIMIT ZERO MAXIMUM RESET CLASSIC` begins histograms with these settings: the growth factor and the two zero thresholds as
// the bits of a number, in hexadecimal digits; the reset interval in nanoseconds; whether there are classic buckets, 1 or 0. Each line
// `l VALUE VALUE ...` after it is a histogram of its own, observed in this order; at `s` and at the end of the line it is read.
import ProgramSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

do {
    let arguments = try Arguments(CommandLine.arguments.dropFirst(), options: ["--make", "--seed"])
    if let count = try arguments.number("--make", in: 1...1_000_000) {
        var maker = ListMaker(seed: UInt64(try arguments.number("--seed", in: 0...Int.max) ?? 1))
        maker.write(count: count)
    } else {
        try Results.write()
    }
} catch {
    System.complain("\(error)")
    exit(64)
}
