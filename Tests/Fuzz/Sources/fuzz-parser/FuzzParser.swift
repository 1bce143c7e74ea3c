import FuzzSupport
import Vernier
import VernierParsing

/// Tries to find a page that is read in two ways, or that reads otherwise when it is written again.
@main
enum FuzzParser {
    /// All that can be read; a page that is written is to hold everything that was read.
    private static let formats = {
        var formats: [ExpositionFormat] = [
            .text, .utf8Text, .openMetrics, ExpositionFormat(.openMetrics, escaping: .allowUTF8),
        ]
        for index in formats.indices { formats[index].showsCreated = true }
        return formats
    }()

    /// Limits that pages of the fuzzer come near.
    private static let narrow = {
        var limits = ExpositionParser.Limits()
        limits.lineBytes = 48
        limits.labelsPerSample = 2
        limits.familyBytes = 160
        limits.families = 3
        return limits
    }()

    static func main() {
        Fuzzing.run { input in
            let page = input.first == MadePage.mark ? MadePage.octets(input.dropFirst()) : input
            let ways = Pieces.ways(page)
            for format in formats {
                let whole = Reading(format, pieces: [page[...]]).outcome
                for pieces in [ways[0], ways[2]] {
                    requireSame(Reading(format, pieces: planted(pieces)).outcome, whole, page, format)
                }
                if let error = whole.error {
                    check(error, page)
                } else {
                    checkPages(of: whole.families, page, format)
                }
                checkNarrow(page, pieces: ways[1], format, whole)
            }
        }
    }

    /// With a planted defect, what a parser would see that takes each tab for a space.
    private static func planted(_ pieces: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        guard Fuzzing.hasPlantedDefect else { return pieces }
        return pieces.map { piece in piece.map { $0 == 0x09 ? 0x20 : $0 }[...] }
    }

    private static func requireSame(
        _ outcome: Reading.Outcome, _ whole: Reading.Outcome, _ page: [UInt8], _ format: ExpositionFormat
    ) {
        if outcome != whole {
            Fuzzing.violation(
                "what is read does not depend on the pieces",
                "\(format)\n\(shown(page))\nin pieces: \(outcome)\nwhole: \(whole)")
        }
    }

    /// Narrow limits refuse a page, and change nothing else of what is read of it.
    private static func checkNarrow(
        _ page: [UInt8], pieces: [ArraySlice<UInt8>], _ format: ExpositionFormat, _ wide: Reading.Outcome
    ) {
        let whole = Reading(format, pieces: [page[...]], limits: narrow).outcome
        requireSame(Reading(format, pieces: pieces, limits: narrow).outcome, whole, page, format)
        if let error = whole.error {
            check(error, page)
            Fuzzing.require(
                same(whole.families, Array(wide.families.prefix(whole.families.count))),
                "limits change nothing of what is read before: \(format)\n\(shown(page))")
        } else {
            requireSame(whole, wide, page, format)
        }
        Fuzzing.require(whole.families.count <= narrow.families, "the number of families is bounded")
        for metric in whole.families.flatMap(\.metrics) {
            // The states of a state set and the bounds of buckets are labels too.
            Fuzzing.require(metric.labels.count <= narrow.labelsPerSample, "the number of labels is bounded")
        }
    }

    /// An error is a place of the page and a text that is safe to show.
    private static func check(_ error: ExpositionError, _ page: [UInt8]) {
        let lines = page.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let details = "\(error)\n\(shown(page))"
        Fuzzing.require((1...lines.count).contains(error.line), "an error is in a line of the page: \(details)")
        Fuzzing.require(
            (1...(lines[error.line - 1].count + 1)).contains(error.column), "an error is in its line: \(details)")
        Fuzzing.require(!error.found.isEmpty && !error.expected.isEmpty, "an error says both sides: \(details)")
        Fuzzing.require(
            !error.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F },
            "an error is one line without control characters: \(details)")
        Fuzzing.require(error.description.utf8.count < 2000, "an error is short: \(details)")
    }

    /// What was read can be written, and reads the same again.
    private static func checkPages(
        of families: [MetricFamilySnapshot], _ page: [UInt8], _ format: ExpositionFormat
    ) {
        let written: [UInt8]
        do {
            written = try format.page(of: families)
        } catch {
            if Refusals.have(families, format) { return }
            Fuzzing.violation("what was read can be written", "\(format)\n\(shown(page))\n\(families)\n\(error)")
        }
        let again = Reading(format, pieces: [written[...]]).outcome
        if again.error != nil || !same(again.families, families) {
            Fuzzing.violation(
                "what was read reads the same when it is written again",
                "\(format)\n\(shown(page))\nread: \(families)\n\(shown(written))\nagain: \(again)")
        }
        for other in formats where other != format {
            // Not every family has a shape in every format, but what is written has one.
            guard let written = try? other.page(of: families) else { continue }
            if let error = Reading(other, pieces: [written[...]]).outcome.error {
                Fuzzing.violation(
                    "what is written can be read",
                    "\(format)\n\(shown(page))\nread: \(families)\n\(other)\n\(shown(written))\n\(error)")
            }
        }
    }

    private static func shown(_ page: [UInt8]) -> String {
        "----\n\(String(decoding: page, as: UTF8.self))\n----"
    }
}
