package import Hummingbird

extension Request {
    /// A whole number from the query, within a range; anything else is refused with what it may be.
    package func number(
        _ name: String, in range: ClosedRange<Int>, default standard: Int
    ) throws -> Int {
        guard let text = uri.queryParameters[Substring(name)] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw HTTPError(
                .badRequest, message: "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
