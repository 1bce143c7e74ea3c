/// Reads options of the form `--name value`.
package struct Arguments {
    /// What the program was called with that does not fit, for people.
    package struct Problem: Error, CustomStringConvertible {
        /// The problem in one sentence.
        package let description: String
    }

    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// Takes arguments apart.
    ///
    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - options: names that take a value, with their dashes.
    ///   - flags: names that take none.
    package init(_ arguments: some Sequence<String>, options: Set<String>, flags: Set<String> = []) throws(Problem) {
        var rest = arguments.makeIterator()
        while let name = rest.next() {
            if flags.contains(name) {
                self.flags.insert(name)
            } else if options.contains(name) {
                guard let value = rest.next() else { throw Problem(description: "\(name) needs a value after it") }
                values[name] = value
            } else {
                let known = (options.union(flags)).sorted().joined(separator: ", ")
                throw Problem(description: "\(name) is not an option; there are \(known)")
            }
        }
    }

    /// Whether a flag was given.
    package func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// The value of an option.
    package func text(_ option: String) -> String? { values[option] }

    /// The value of an option that is a whole number.
    package func number(_ option: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let text = values[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Problem(
                description: "\(option) \(text): pass a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
