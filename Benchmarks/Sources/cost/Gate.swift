import Workloads

/// What is wrong, or not, with the cost of one operation.
struct Finding: Sendable {
    /// How a cost compares.
    enum Verdict: String, Sendable {
        case asAccepted = "ok"
        case worse = "WORSE"
        case better = "BETTER"
        case wrong = "WRONG"
    }

    let name: String
    let verdict: Verdict
    var reasons: [String]
    /// The accepted values, if there are any.
    var accepted: Thresholds.Row?

    var isBad: Bool { verdict != .asAccepted }
}

/// Compares counts with accepted values.
///
/// Both directions fail: a value that fell has to be accepted too, or it could rise again unseen.
enum Gate {
    /// How far a count may be from the accepted one: a part of that or an amount, whichever is larger.
    static func band(_ kind: Workload.Kind, around accepted: Double) -> Double {
        switch kind {
        case .reference, .update: max(1, accepted * 0.03)
        case .scrape, .making: max(1, accepted * 0.05)
        }
    }

    /// How many allocations away from the accepted ones are none, where there may be any.
    static let allocationBand = 0.01

    /// Below this a page allocates by the family and by the page, and not by the series.
    static let scrapeLimit = 0.5

    /// Judges all counts, and accepted values that nothing was counted for.
    static func judge(_ counts: [Count], _ thresholds: Thresholds?) -> [Finding] {
        var left: [String: Thresholds.Row] = [:]
        var twice: [String] = []
        for row in thresholds?.rows ?? [] where left.updateValue(row, forKey: row.name) != nil {
            twice.append(row.name)
        }
        var findings = counts.map { count in judge(count, left.removeValue(forKey: count.name)) }
        findings += left.keys.sorted().map {
            Finding(name: $0, verdict: .wrong, reasons: ["is accepted and was not counted: there is no such workload"])
        }
        findings += twice.map { Finding(name: $0, verdict: .wrong, reasons: ["is accepted twice"]) }
        return findings
    }

    private static func judge(_ count: Count, _ accepted: Thresholds.Row?) -> Finding {
        let wrong = absolute(count, accepted)
        if !wrong.isEmpty { return Finding(name: count.name, verdict: .wrong, reasons: wrong, accepted: accepted) }
        if count.known != nil { return Finding(name: count.name, verdict: .asAccepted, reasons: []) }
        guard let accepted else {
            return Finding(name: count.name, verdict: .wrong, reasons: ["has no accepted value"])
        }
        // Written so that what is not a number is outside.
        let changes = [
            ("allocations", count.allocations, accepted.allocations, allocationBand, Report.allocations),
            (
                "instructions", count.instructions, accepted.instructions,
                band(count.kind, around: accepted.instructions), Report.instructions
            ),
        ].filter { !(abs($0.1 - $0.2) <= $0.3) }
        let isWorse = changes.contains { !($0.1 < $0.2) }
        return Finding(
            name: count.name, verdict: changes.isEmpty ? .asAccepted : isWorse ? .worse : .better,
            reasons: changes.map { what, now, before, band, text in
                "\(text(now)) \(what), accepted \(text(before)), allowed \(text(before - band)) to \(text(before + band))"
            }, accepted: accepted)
    }

    /// What no accepted value can excuse.
    private static func absolute(_ count: Count, _ accepted: Thresholds.Row?) -> [String] {
        var problems: [String] = []
        if let known = count.known {
            if let allocations = known.allocations, count.allocations != allocations {
                problems.append("the counter of allocations says \(count.allocations), not \(allocations)")
            }
            if let instructions = known.instructions, !(abs(count.instructions - instructions) <= 0.1) {
                problems.append("the counter of instructions says \(count.instructions), not \(instructions)")
            }
            return problems
        }
        switch count.kind {
        case .reference, .update:
            if count.allocations != 0 {
                problems.append("an update must not allocate; counted \(count.allocations) a turn")
            }
            if let accepted, accepted.allocations != 0 {
                problems.append("an update must not allocate; the accepted values allow \(accepted.allocations)")
            }
        case .scrape:
            if !(count.allocations < scrapeLimit) {
                problems.append("a page must not allocate by the series; counted \(count.allocations) a series")
            }
        case .making: break
        }
        return problems
    }

    /// Why counts cannot become the accepted values.
    static func unacceptable(_ counts: [Count]) -> [String] {
        counts.flatMap { count in absolute(count, nil).map { "\(count.name): \($0)" } }
    }
}
