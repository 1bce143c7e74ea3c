import LibFuzzer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A property of the library and the loop that tries to break it.
public enum Fuzzing {
    /// Whether the program is to behave as if the library had a known defect: the proof that a defect is found (`VERNIER_FUZZ_PLANT=1`).
    public static let hasPlantedDefect: Bool = {
        // SAFETY: the name is a literal; nothing changes the environment; the text that comes back is read at once.
        guard let value = unsafe getenv("VERNIER_FUZZ_PLANT") else { return false }
        return unsafe String(cString: value) == "1"
    }()

    /// Gives one input after another to `check`, as the program's arguments say, and does not come back.
    ///
    /// The arguments are those of libFuzzer. `check` calls ``violation(_:_:)`` when a property does not hold.
    public static func run(_ check: @escaping @Sendable ([UInt8]) -> Void) -> Never {
        // SAFETY: set once before the engine starts, which calls back on this very thread.
        unsafe Fuzzing.check = check
        var count = CommandLine.argc
        // SAFETY: the arguments live as long as the process.
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { start, count in
            // SAFETY: the engine lends `count` initialised octets for the time of the call; they are copied.
            unsafe Fuzzing.check(Array(UnsafeBufferPointer(start: start, count: count)))
            return 0
        }
        exit(status)
    }

    // SAFETY: as in `run`.
    nonisolated(unsafe) private static var check: @Sendable ([UInt8]) -> Void = { _ in }

    /// Reports a property that does not hold and stops the program, so that the engine keeps the input.
    public static func violation(_ property: String, _ details: String = "") -> Never {
        fatalError("VIOLATION: \(property)\n\(details)")
    }

    /// Stops the program when a property does not hold.
    public static func require(_ holds: Bool, _ property: @autoclosure () -> String) {
        if !holds { violation(property()) }
    }

    /// Stops the program when two results differ that a property says are equal.
    public static func requireEqual<Value: Equatable>(
        _ left: Value, _ right: Value, _ property: @autoclosure () -> String
    ) {
        if left != right { violation(property(), "one: \(left)\nother: \(right)") }
    }
}
