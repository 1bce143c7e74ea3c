/// Shows facts that do not change while the program runs: a version, a region.
///
/// ```swift
/// let build = Info("app_build", help: "What runs here.", ["version": "1.4.2", "commit": "9f3c2e1"])
/// ```
///
/// The sample has the value 1; its name ends in `_info`, which is added (OpenMetrics 1.0.0, "Info").
public struct Info: Sendable {
    /// Declares an info metric.
    ///
    /// - Parameters:
    ///   - name: the family's name, without `_info`.
    ///   - help: what it means, for people.
    ///   - facts: names and values, which become labels.
    ///   - registry: where to register it.
    @discardableResult
    public init(
        _ name: String, help: String, _ facts: KeyValuePairs<String, String>, registry: Registry = .current
    ) {
        do {
            try Self.register(name, help, facts, registry)
        } catch {
            registry.report(error)
        }
    }

    /// Registers an info metric under a name that is only known at run time.
    ///
    /// - Throws: ``RegistrationError`` when the name is not allowed or clashes; it names both sides.
    @discardableResult
    public init(
        validating name: String, help: String, _ facts: KeyValuePairs<String, String>, registry: Registry = .current
    ) throws(RegistrationError) {
        try Self.register(name, help, facts, registry)
    }

    private static func register(
        _ name: String, _ help: String, _ facts: KeyValuePairs<String, String>, _ registry: Registry
    ) throws(RegistrationError) {
        let labels = facts.map { LabelPair($0.key, $0.value) }
        let descriptor = try FamilyDescriptor(
            name, type: .info, unit: nil, help: help, labelNames: labels.map(\.name),
            constantLabels: registry.constantLabels, shape: "facts \(labels.map(\.value))", prefix: registry.prefix)
        _ = try registry.register(descriptor) { InfoFamily(descriptor, labels) }
    }
}
