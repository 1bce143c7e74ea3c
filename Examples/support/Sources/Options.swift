/// What stood on the command line: `--name value`, and words that belong to no option.
package struct Options: Sendable {
    private var values: [String: String] = [:]
    /// The words that belong to no option.
    package private(set) var words: [String] = []
    /// Whether `--help` was among it.
    package private(set) var wantsHelp = false

    /// Arguments that cannot be used, in words for people.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    /// Reads arguments without the program's name.
    ///
    /// - Parameters:
    ///   - arguments: the arguments.
    ///   - known: the options that there are.
    ///   - takesWords: whether there may be words that belong to no option.
    package init(
        _ arguments: some Sequence<String>, known: Set<String>, takesWords: Bool = false
    ) throws(Problem) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            if argument == "--help" || argument == "-h" {
                wantsHelp = true
                continue
            }
            if takesWords, !argument.hasPrefix("-") {
                words.append(argument)
                continue
            }
            guard argument.hasPrefix("--"), known.contains(String(argument.dropFirst(2))) else {
                throw Problem("\(argument) is no option here; see --help")
            }
            guard let value = rest.next() else { throw Problem("\(argument) needs a value after it") }
            values[String(argument.dropFirst(2))] = value
        }
    }

    /// A number in a range, if it was given.
    package func number<Number: LosslessStringConvertible & Comparable>(
        _ name: String, in range: ClosedRange<Number>
    ) throws(Problem) -> Number? {
        guard let text = values[name] else { return nil }
        guard let number = Number(text), range.contains(number) else {
            throw Problem("--\(name) takes a number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\"")
        }
        return number
    }

    /// A number in a range.
    package func number<Number: LosslessStringConvertible & Comparable>(
        _ name: String, in range: ClosedRange<Number>, default standard: Number
    ) throws(Problem) -> Number {
        try number(name, in: range) ?? standard
    }

    /// A text, if it was given.
    package func text(_ name: String) -> String? { values[name] }
}
