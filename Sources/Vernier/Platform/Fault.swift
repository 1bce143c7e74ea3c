/// What to do about a declaration that cannot stand beside the others.
public enum ClashPolicy: Sendable, Hashable {
    /// Stops the program with a message that names both sides.
    case stop
    /// Detaches the later metric: it works and is not exposed. Says so once on standard error and counts it.
    case detach

    /// `stop` in a debug build, `detach` in a release build.
    public static var byBuild: ClashPolicy {
        #if DEBUG
            .stop
        #else
            .detach
        #endif
    }
}

/// Traps, in two voices: whose fault is it.
enum Fault {
    /// Ends the program because of a mistake in the host's code that a debug build should show at once.
    static func stop(_ message: String) -> Never {
        Platform.complain("Bug in user code: \(message)")
        // A trap in every configuration: who asked for `.stop` gets it.
        preconditionFailure("Bug in user code: \(message)")
    }
}
