/// Keeps metric families and hands out what they hold.
public final class Registry: Sendable {
    /// The registry that declarations use when none is named.
    public static let `default` = Registry()
    /// Makes an empty registry.
    public init() {}
}

extension Registry {
    /// Writes the page piece by piece.
    public func expose(
        as format: ExpositionFormat, names: Set<String>? = nil, timeout: Duration? = nil,
        to write: (RawSpan) throws -> Void
    ) throws {
    }
}
