/// A name has base units: seconds and not milliseconds, bytes and not kilobytes (Prometheus, "Base units").
public struct BaseUnitRule: LintRule {
    /// The rule's name, `base-unit`.
    public let name = "base-unit"

    /// Base units by the words that should give way to them; those that are their own are right as they are.
    private static let bases = [
        "seconds": "seconds", "minutes": "seconds", "hours": "seconds", "days": "seconds", "weeks": "seconds",
        "celsius": "celsius", "fahrenheit": "celsius", "rankine": "celsius", "kelvin": "kelvin", "kelvins": "kelvin",
        "meters": "meters", "metres": "metres", "inches": "meters", "yards": "meters", "miles": "meters",
        "bytes": "bytes", "bits": "bytes", "joules": "joules", "calories": "joules",
        "grams": "grams", "pounds": "grams", "ounces": "grams", "volts": "volts", "amperes": "amperes",
    ]
    /// What turns a unit into one that is not a base unit, `mibi` as promtool spells it.
    private static let prefixes = [
        "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mibi", "giga",
        "gibi", "tera", "tebi", "peta", "pebi",
    ]

    /// Makes the rule.
    public init() {}

    /// Finds the first unit of a name, when it is not a base unit.
    ///
    /// A name may have several units, as `bytes_per_minutes`. Of them promtool judges one, in some versions by chance.
    public func findings(in family: LintedFamily) -> [String] {
        for word in family.words {
            guard let base = base(of: word) else { continue }
            return base == word ? [] : ["\"\(word)\" is not a base unit: use \"\(base)\""]
        }
        return []
    }

    private func base(of word: Substring) -> String? {
        if let base = Self.bases[String(word)] { return base }
        for prefix in Self.prefixes where word.hasPrefix(prefix) {
            if let base = Self.bases[String(word.dropFirst(prefix.count))] { return base }
        }
        return nil
    }
}
