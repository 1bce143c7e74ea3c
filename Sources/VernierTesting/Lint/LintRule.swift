/// One habit of naming that metrics should keep to.
///
/// The rules of this module are those of `promtool check metrics` (Prometheus 3.5), one a type; ``Lint/rules`` has them all. A rule of
/// your own goes into the list beside them:
///
/// ```swift
/// struct TeamPrefixRule: LintRule {
///     let name = "team-prefix"
///     func findings(in family: LintedFamily) -> [String] {
///         family.name.hasPrefix("shop_") ? [] : ["the name should begin with \"shop_\""]
///     }
/// }
/// let problems = Lint.problems(in: registry, rules: Lint.rules + [TeamPrefixRule()])
/// ```
public protocol LintRule: Sendable {
    /// What the rule is called in a problem, as in `base-unit`.
    var name: String { get }
    /// What the rule finds in one family, a sentence each; none when the family keeps to the rule.
    func findings(in family: LintedFamily) -> [String]
}

/// Something that a rule found.
public struct LintProblem: Sendable, Hashable, CustomStringConvertible {
    /// The name of the family as a page in text format shows it, such as `orders_total`.
    public let family: String
    /// The name of the rule.
    public let rule: String
    /// What is wrong and what would be right.
    public let message: String

    /// The problem in one line.
    public var description: String { "\(family): \(message) [\(rule)]" }
}
