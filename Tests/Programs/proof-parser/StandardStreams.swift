#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The program's input and output, in large pieces.
enum StandardStreams {
    nonisolated(unsafe) private static var waiting: [UInt8] = []  // SAFETY: the program has one thread.

    static func readAll() -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // SAFETY: the call writes at most as many bytes as the array has.
            let count = unsafe piece.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
            if count <= 0 { return all }
            all += piece[..<count]
        }
    }

    static func put(_ text: String) {
        // SAFETY: the program has one thread.
        unsafe waiting.append(contentsOf: text.utf8)
        if unsafe waiting.count > 1 << 16 { flush() }
    }

    static func flush() {
        // SAFETY: the program has one thread, and the call reads within the array.
        var rest = unsafe waiting[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
            if count <= 0 { quit("proof-parser: its output was closed", code: 74) }
            rest = rest.dropFirst(count)
        }
        unsafe waiting.removeAll(keepingCapacity: true)
    }

    static func quit(_ message: String, code: Int32) -> Never {
        let line = Array("\(message)\n".utf8)
        _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
        exit(code)
    }
}
