import Foundation

/// Counts and findings as text.
enum Report {
    static let acceptCommand = "swift run -c release --package-path Benchmarks cost --accept"

    /// A number of allocations: `0` means none at all.
    static func allocations(_ value: Double) -> String {
        value == 0 ? "0" : String(format: "%.4f", locale: nil, value)
    }

    /// A number of instructions.
    static func instructions(_ value: Double) -> String { String(format: "%.1f", locale: nil, value) }

    /// One line an operation.
    static func table(_ counts: [Count], _ findings: [Finding]) -> String {
        var lines = [["operation", "allocations", "instructions", "accepted", "change", ""]]
        let byName = Dictionary(findings.map { ($0.name, $0) }) { first, _ in first }
        for count in counts {
            let finding = byName[count.name]
            let accepted = finding?.accepted
            let change = accepted.map {
                String(format: "%+.1f %%", locale: nil, (count.instructions / $0.instructions - 1) * 100)
            }
            lines.append([
                count.name, allocations(count.allocations), instructions(count.instructions),
                accepted.map { "\(allocations($0.allocations)) / \(instructions($0.instructions))" } ?? "",
                change ?? "",
                finding?.verdict.rawValue ?? "",
            ])
        }
        let widths = (0..<6).map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            line.enumerated().map { column, text in
                let space = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 || column == 5 ? text + space : space + text
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// What is wrong, and what to do about it.
    static func verdict(_ counts: [Count], _ findings: [Finding]) -> String {
        let bad = findings.filter(\.isBad)
        guard !bad.isEmpty else { return "cost: \(counts.count) operations cost what is accepted" }
        var lines = bad.map { finding in
            "FAILED  \(finding.name): \(finding.verdict.rawValue): \(finding.reasons.joined(separator: "; "))"
        }
        if bad.contains(where: { $0.verdict == .worse }) {
            lines.append("worse: find out why; if it has to be, say why in the commit that accepts it")
        }
        if bad.contains(where: { $0.verdict == .better }) { lines.append("better: accept it, so that it stays") }
        lines.append("to accept what was counted: \(acceptCommand)")
        lines.append("cost: \(bad.count) of \(findings.count) are not as accepted")
        return lines.joined(separator: "\n")
    }
}
