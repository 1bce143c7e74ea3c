#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What stood on the command line, as `--name value`.
package struct Options {
    private var values: [String: String] = [:]
    /// Whether `--help` was among it.
    package private(set) var wantsHelp = false

    /// What cannot be used, for people.
    package struct Problem: Error {
        package let message: String
    }

    /// Reads arguments without the program's name.
    package init(_ arguments: some Sequence<String>, known: Set<String>) throws(Problem) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                continue
            }
            guard argument.hasPrefix("--"), known.contains(String(argument.dropFirst(2))) else {
                throw Problem(message: "\(argument) is not an option; see --help")
            }
            guard let value = rest.next() else { throw Problem(message: "\(argument) needs a value after it") }
            values[String(argument.dropFirst(2))] = value
        }
    }

    /// A whole number in a range.
    package func number(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(Problem) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(message: "--\(name) needs a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A text, if it was given.
    package func text(_ name: String) -> String? { values[name] }
}

/// Prints a line at once, also where standard output is a file or a pipe.
package func say(_ line: String) {
    print(line)
    // Without a stream all of them are flushed.
    fflush(nil)
}

/// Ends the program with a message on standard error.
package func quit(_ message: String, code: Int32) -> Never {
    let line = Array("\(message)\n".utf8)
    // SAFETY: the pointer covers the array during the call, with its count.
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
}
