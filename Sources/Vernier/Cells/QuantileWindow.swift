@usableFromInline
package final class QuantileWindow: Sendable {
    init(duration: Duration) {}
    func record(_ v: Double) {}
    func quantiles(_ r: [Double]) -> [Double] { r.map { _ in .nan } }
    func clear() {}
}
