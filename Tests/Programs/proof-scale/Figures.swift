/// What a check measured, and whether that is good.
protocol Figures {
    /// What was checked, in a few words.
    var name: String { get }
    /// What was measured, with units.
    var text: String { get }
    /// What is wrong with it; `nil` when all is well.
    var problem: String? { get }
}

extension Figures {
    /// The line that tells the result.
    var line: String {
        if let problem { "FAILED \(name): \(problem) (\(text))" } else { "ok \(name): \(text)" }
    }
}

/// A number with two places.
struct Rounded: CustomStringConvertible {
    let value: Double

    init(_ value: Double) { self.value = value }

    /// A duration in some unit.
    init(_ duration: Duration, _ unit: Duration) { value = duration / unit }

    /// Bytes in megabytes.
    init(megabytes bytes: Int) { value = Double(bytes) / 1e6 }

    var description: String {
        guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
        let hundredths = Int((value.magnitude * 100).rounded())
        let places = hundredths % 100
        return "\(value < 0 ? "-" : "")\(hundredths / 100).\(places < 10 ? "0" : "")\(places)"
    }
}
