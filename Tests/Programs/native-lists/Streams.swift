import ProgramSupport

/// Text for standard output, some of it at a time.
struct Output {
    private var bytes: [UInt8] = []

    mutating func text(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        if bytes.count > 1 << 16 { flush() }
    }

    /// A space and a number.
    mutating func decimal(_ number: Int) { text(" \(number)") }

    /// A space and a number's hexadecimal digits.
    mutating func hexadecimal(_ number: UInt64) { text(" " + String(number, radix: 16)) }

    mutating func flush() {
        print(String(decoding: bytes, as: UTF8.self), terminator: "")
        bytes.removeAll(keepingCapacity: true)
    }
}

/// Standard input.
enum Input {
    /// The lines, as they come.
    static func lines() -> some Sequence<String> { sequence(state: ()) { _ in readLine() } }
}

/// A line that cannot be read.
struct ListError: Error, CustomStringConvertible {
    let description: String
}
