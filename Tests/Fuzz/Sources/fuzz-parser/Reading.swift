import FuzzSupport
import Vernier
import VernierParsing

/// What a parser makes of pieces.
struct Reading {
    /// What can be told from outside.
    struct Outcome: Equatable {
        var families: [MetricFamilySnapshot] = []
        var error: ExpositionError?

        /// Equal where NaN equals itself.
        static func == (left: Self, right: Self) -> Bool {
            left.error == right.error && same(left.families, right.families)
        }
    }

    private(set) var outcome = Outcome()

    init(
        _ format: ExpositionFormat, pieces: [ArraySlice<UInt8>],
        limits: ExpositionParser.Limits = ExpositionParser.Limits()
    ) {
        var parser = ExpositionParser(format, limits: limits)
        var families: [MetricFamilySnapshot] = []
        do {
            for piece in pieces { try parser.parse(piece) { families.append($0) } }
            try parser.finish { families.append($0) }
        } catch {
            outcome.error = Reading.known(error)
        }
        outcome.families = families
        guard outcome.error != nil else { return }
        for _ in 0..<2 {
            do {
                try parser.parse(Array("a 1\n".utf8)) { families.append($0) }
                try parser.finish { families.append($0) }
                Fuzzing.violation("a parser that failed stays so")
            } catch {
                Fuzzing.requireEqual(Reading.known(error), outcome.error, "an error stays the same")
            }
        }
        Fuzzing.require(families.count == outcome.families.count, "nothing comes after an error")
    }

    private static func known(_ error: any Error) -> ExpositionError {
        guard let error = error as? ExpositionError else {
            Fuzzing.violation("a parser throws its own error", "\(error)")
        }
        return error
    }
}

/// Whether two lists of families are equal where NaN equals itself.
func same(_ left: [MetricFamilySnapshot], _ right: [MetricFamilySnapshot]) -> Bool {
    // The text says everything of a value, and writes NaN as a word.
    left == right || "\(left)" == "\(right)"
}
