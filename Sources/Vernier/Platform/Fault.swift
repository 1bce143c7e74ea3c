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

/// The only place where the library ends a program.
enum Fault {
    /// Says why and traps, in every configuration.
    ///
    /// There are two callers: a clash of declarations under ``ClashPolicy/stop``, whose message begins with "Bug in user code", and
    /// memory that the system does not give.
    static func stop(_ message: String) -> Never {
        Platform.complain(message)
        preconditionFailure(message)
    }
}
