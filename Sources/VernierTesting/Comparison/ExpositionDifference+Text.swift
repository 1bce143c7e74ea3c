extension ExpositionDifference: CustomStringConvertible {
    /// How many differences are printed; `entries` has all.
    private static let printed = 100

    /// The differences for a person: how many there are, then those of each family below its name.
    ///
    /// ```text
    /// 3 differences
    /// missing family: stock (gauge, 2 metrics)
    /// orders
    ///   help: "Orders." became "Orders taken."
    ///   orders_total{shop="north"}: 3 became 4
    /// ```
    public var description: String {
        if isEmpty { return "no difference" }
        var lines = [Text.count(entries.count, "difference")]
        var family: String?
        for entry in entries.prefix(Self.printed) {
            if entry.isOfWholeFamily {
                lines.append(entry.description)
                continue
            }
            if entry.family != family { lines.append(entry.family) }
            family = entry.family
            lines.append("  " + entry.description)
        }
        if entries.count > Self.printed { lines.append("and \(entries.count - Self.printed) more") }
        return lines.joined(separator: "\n")
    }
}

extension ExpositionDifference.Entry: CustomStringConvertible {
    /// Whether a family is on one side only.
    fileprivate var isOfWholeFamily: Bool { kind == .missingFamily || kind == .extraFamily }

    /// The difference in one line.
    public var description: String {
        let change = "\(before ?? "none") became \(after ?? "none")"
        return switch kind {
        case .missingFamily, .extraFamily: "\(kind.rawValue): \(family) (\(before ?? after ?? ""))"
        case .missingSample, .extraSample: "\(kind.rawValue): \(sample ?? family) \(before ?? after ?? "")"
        case .value: "\(sample ?? family): \(change)"
        case .type, .unit, .help, .suffix: "\(kind.rawValue): \(change)"
        case .created, .timestamp, .exemplar, .resolution: "\(sample ?? family), \(kind.rawValue): \(change)"
        }
    }
}
