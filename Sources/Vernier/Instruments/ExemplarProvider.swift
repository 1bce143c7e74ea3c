import Synchronization

/// Knows what an update made now should refer to, such as the span of the current task.
///
/// Metrics that are declared with ``ExemplarSampling/automatic`` ask it: the one of the task, or else the default one.
///
/// ```swift
/// let provider = ExemplarProvider { ["trace_id": trace.id] }
/// await provider.withCurrent { await handle(request) }
/// ```
public struct ExemplarProvider: Sendable {
    private let labels: @Sendable () -> ExemplarLabels?

    @TaskLocal private static var override: ExemplarProvider?

    /// Makes a provider.
    ///
    /// - Parameter labels: returns what to refer to, or `nil` for nothing. It is called by updates, without a lock of the library held,
    ///   at most as often as the metric's sampling says; it should return at once.
    public init(_ labels: @escaping @Sendable () -> ExemplarLabels?) {
        self.labels = labels
    }

    /// What to refer to now.
    public func callAsFunction() -> ExemplarLabels? { labels() }

    /// The provider of the current task: that of the innermost `withCurrent`, or the default one.
    public static var current: ExemplarProvider? { override ?? `default` }

    /// Makes this the provider of updates inside a closure, in this task and its children.
    public func withCurrent<R>(_ body: () throws -> R) rethrows -> R {
        Self.noteUse()
        return try Self.$override.withValue(self, operation: body)
    }

    /// Makes this the provider of updates inside an asynchronous closure.
    nonisolated(nonsending)
        public func withCurrent<R>(_ body: nonisolated(nonsending) () async throws -> R) async rethrows -> R
    {
        Self.noteUse()
        return try await Self.$override.withValue(self, operation: body)
    }
}

extension ExemplarProvider {
    /// A default provider, kept for good: an update may be asking it.
    private final class Default: Sendable {
        let provider: ExemplarProvider?
        let before: Default?

        init(_ provider: ExemplarProvider?, before: Default?) {
            self.provider = provider
            self.before = before
        }
    }

    private static let defaults = Lock<Default?>(nil)
    private static let address = Atomic<UInt>(0)
    private static let hasBeenUsed = Atomic<Bool>(false)

    /// Whether there may be a provider: a program without one is to pay nothing for it but this look.
    ///
    /// Relaxed: who has set a provider sees it, and others may see it later.
    @inline(__always)
    static var mayBeSet: Bool { hasBeenUsed.load(ordering: .relaxed) }

    private static func noteUse() {
        // Relaxed, see above; looking first leaves the cache line to its readers.
        if !hasBeenUsed.load(ordering: .relaxed) { hasBeenUsed.store(true, ordering: .relaxed) }
    }

    /// The provider of all updates that are made where no other is set; none at first.
    ///
    /// It is meant to be set once, when the program starts. Each one that is set is kept as long as the process lives.
    ///
    /// - Complexity: reading takes no lock.
    public static var `default`: ExemplarProvider? {
        get {
            // Acquiring: the provider was complete when its address was stored.
            // SAFETY: the address is zero or that of an object which the chain in `defaults` retains for good.
            unsafe UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring)).flatMap { pointer in
                unsafe Unmanaged<Default>.fromOpaque(pointer).takeUnretainedValue().provider
            }
        }
        set {
            noteUse()
            defaults.withLock { last in
                let next = Default(newValue, before: last)
                last = next
                // Releasing: see the getter.
                // SAFETY: the pointer is only turned into a number.
                unsafe address.store(UInt(bitPattern: Unmanaged.passUnretained(next).toOpaque()), ordering: .releasing)
            }
        }
    }
}
