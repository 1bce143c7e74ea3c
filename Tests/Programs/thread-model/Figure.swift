import ProgramSupport

/// One line of the output.
enum Figure {
    /// How a value was obtained.
    enum Origin: String {
        case measured, simulated, extrapolated
    }

    static func report(
        _ origin: Origin, _ operation: String, _ variant: String = "", threads: Int, _ value: Double, _ unit: String
    ) {
        let hundredths = (value * 100).rounded() / 100
        System.say([origin.rawValue, operation, variant, "\(threads)", "\(hundredths)", unit].joined(separator: "\t"))
    }
}
