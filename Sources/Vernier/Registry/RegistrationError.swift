/// Why a family could not be registered.
public struct RegistrationError: Error, Sendable, CustomStringConvertible {
    /// The kinds of refusal.
    public enum Reason: String, Sendable, Hashable {
        /// The name, a label or the unit is not allowed.
        case invalid
        /// Another family has the name, with another type, other labels, help, unit or buckets.
        case clash
        /// The name of a sample would be that of another family's, for example `x_count`.
        case suffixClash = "suffix clash"
    }

    /// What kind of refusal it is.
    public let reason: Reason
    /// What was declared, what stands against it, and what would be accepted.
    public let description: String
    /// Whether what stands against it was named at run time, as by a library that reports: then the declaration is nobody's mistake in the
    /// program's own text.
    var isWithDynamic = false

    static func invalid(_ family: FamilyDescriptor, _ problem: String) -> RegistrationError {
        let end = problem.hasSuffix(".") ? "" : "."
        return RegistrationError(reason: .invalid, description: "The \(family) cannot be registered: \(problem)\(end)")
    }

    static func clash(_ new: FamilyDescriptor, with old: FamilyDescriptor) -> RegistrationError {
        RegistrationError(
            reason: .clash,
            description: """
                The \(new) clashes with the \(old), which was declared before: they differ in \
                \(differences(new, old).joined(separator: " and ")). Give one another name, or make both declarations the same.
                """, isWithDynamic: old.isDynamic)
    }

    static func repeated(_ new: FamilyDescriptor) -> RegistrationError {
        RegistrationError(
            reason: .clash,
            description: """
                The \(new) was declared before, with another source of its values. Declare it once, or give one another name.
                """)
    }

    static func suffixClash(_ new: FamilyDescriptor, with old: FamilyDescriptor, over name: String) -> RegistrationError
    {
        RegistrationError(
            reason: .suffixClash,
            description: """
                The \(new) clashes with the \(old), which was declared before: both would expose the name \(FamilyDescriptor.quoted(name)). \
                Give one another name.
                """, isWithDynamic: old.isDynamic)
    }

    private static func differences(_ new: FamilyDescriptor, _ old: FamilyDescriptor) -> [String] {
        var found: [String] = []
        if new.type != old.type { found.append("type (\(new.type.rawValue), \(old.type.rawValue))") }
        if new.unit != old.unit { found.append("unit (\"\(new.unit)\", \"\(old.unit)\")") }
        if new.help != old.help { found.append("help") }
        if new.labelNames != old.labelNames || new.dynamicNames != old.dynamicNames {
            found.append("labels (\(labels(new)), \(labels(old)))")
        }
        if new.labelNames == old.labelNames, new.labelValues != old.labelValues { found.append("the types of labels") }
        if new.constantLabels != old.constantLabels { found.append("constant labels") }
        if new.shape != old.shape { found.append("shape (\(new.shape), \(old.shape))") }
        return found
    }

    private static func labels(_ family: FamilyDescriptor) -> String {
        family.dynamicNames?.text ?? "[\(family.labelNames.map(FamilyDescriptor.quoted).joined(separator: ", "))]"
    }
}
