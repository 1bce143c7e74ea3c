import Foundation

/// One measured value, and one line of the output.
struct Row {
    var library: String
    var operation: String
    var variant: String
    /// A number, a text, or `missing` where the library is not installed.
    var value: String
    /// What the value counts; empty for texts.
    var unit: String

    /// The names of the columns.
    static let header = "library\toperation\tvariant\tvalue\tunit"

    init(_ library: String, _ operation: String, _ variant: String, _ value: String, _ unit: String = "") {
        self.library = library
        self.operation = operation
        self.variant = variant
        self.value = value
        self.unit = unit
    }

    init(_ library: String, _ operation: String, _ variant: String, _ value: Double, _ unit: String) {
        self.init(library, operation, variant, Self.text(value), unit)
    }

    /// The row as a line with tabs.
    var line: String { [library, operation, variant, value, unit].joined(separator: "\t") }

    /// A number with three digits that count, never with an exponent.
    static func text(_ value: Double) -> String {
        let digits =
            switch abs(value) {
            case ..<1: 3
            case ..<10: 2
            case ..<100: 1
            default: 0
            }
        return String(format: "%.\(digits)f", value)
    }
}

extension [Double] {
    /// The value in the middle.
    var median: Double {
        let sorted = sorted()
        guard let last = sorted.indices.last else { return .nan }
        return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    }
}
