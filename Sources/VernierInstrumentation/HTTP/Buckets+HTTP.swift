public import Vernier

extension Buckets {
    /// From 5 milliseconds to 10 seconds: the bounds that OpenTelemetry advises for `http.server.request.duration` and its siblings.
    ///
    /// Semantic conventions, "HTTP metrics".
    public static let httpDurations: Buckets = [
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ]

    /// From 256 bytes to 16 MiB, each four times the one before: for the sizes of bodies and messages.
    public static let bodySizes = Buckets.exponential(start: 256, factor: 4, count: 9)
}
