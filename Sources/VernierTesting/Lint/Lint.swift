public import Vernier

/// Judges names, help texts and labels by the habits that Prometheus recommends ("Metric and label naming").
///
/// ```swift
/// @Test func namesAreGood() {
///     let problems = Lint.problems(in: registry)
///     #expect(problems.isEmpty, "\(problems)")
/// }
/// ```
public enum Lint {
    /// The rules of `promtool check metrics`.
    public static let rules: [any LintRule] = [
        HelpRule(), BaseUnitRule(), TotalSuffixRule(), ReservedSuffixRule(), ReservedLabelRule(), TypeInNameRule(),
        ColonRule(), CamelCaseRule(), UnitAbbreviationRule(), DuplicateMetricRule(),
    ]

    /// The rules without some of them.
    ///
    /// ```swift
    /// Lint.problems(in: registry, rules: Lint.rules(without: BaseUnitRule.self, ColonRule.self))
    /// ```
    public static func rules(without left: any LintRule.Type...) -> [any LintRule] {
        rules.filter { rule in !left.contains { $0 == type(of: rule) } }
    }

    /// Judges families that were gathered or parsed.
    ///
    /// - Parameters:
    ///   - families: the families.
    ///   - rules: what they are judged by.
    /// - Returns: the problems by family, then by rule and message.
    /// - Complexity: linear in the number of metrics.
    public static func problems(
        in families: [MetricFamilySnapshot], rules: [any LintRule] = Lint.rules
    ) -> [LintProblem] {
        families.flatMap { snapshot in
            let family = LintedFamily(snapshot)
            return rules.flatMap { rule in
                rule.findings(in: family).map { LintProblem(family: family.name, rule: rule.name, message: $0) }
            }
        }.sorted { ($0.family, $0.rule, $0.message) < ($1.family, $1.rule, $1.message) }
    }

    /// Judges all that a registry shows, collectors included.
    ///
    /// It blocks the calling thread until the collectors are done; in asynchronous code gather first and judge what was gathered.
    ///
    /// - Parameters:
    ///   - registry: the registry.
    ///   - families: names of families to leave out, `*` at the end of one standing for anything.
    ///   - rules: what they are judged by.
    /// - Returns: the problems by family, then by rule and message.
    public static func problems(
        in registry: Registry, leavingOut families: [String] = [], rules: [any LintRule] = Lint.rules
    ) -> [LintProblem] {
        problems(in: registry.gather().leavingOut(families), rules: rules)
    }
}
