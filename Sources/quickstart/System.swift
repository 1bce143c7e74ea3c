#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import Synchronization

// Everything that talks to the C library.

/// A file or a directory.
struct Entry {
    let name: String
    let path: String
    let isDirectory: Bool
}

/// Something could not be read.
struct Unreadable: Error {
    let reason: Reason

    fileprivate init(code: Int32) {
        reason =
            switch code {
            case EACCES, EPERM: .forbidden
            case ENOENT, ENOTDIR: .vanished
            default: .other
            }
    }
}

extension Entry {
    /// The files and directories in a directory; links, pipes and devices are left out.
    static func all(in directory: String) throws(Unreadable) -> [Entry] {
        // SAFETY: the path is lent as a C string; the stream is used and closed here alone.
        guard let stream = unsafe opendir(directory) else { throw Unreadable(code: errno) }
        defer { _ = unsafe closedir(stream) }
        var entries: [Entry] = []
        // SAFETY: the entry stays valid until the next call; its name is copied before.
        while let entry = unsafe readdir(stream) {
            // SAFETY: the system ends the name with a zero byte within the field.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
            }
            if name == "." || name == ".." { continue }
            let path = "\(directory)/\(name)"
            var status = stat()
            // SAFETY: the path is lent as a C string, and the call fills in `status`.
            guard unsafe lstat(path, &status) == 0 else { continue }
            let type = status.st_mode & S_IFMT
            guard type == S_IFREG || type == S_IFDIR else { continue }
            entries.append(Entry(name: name, path: path, isDirectory: type == S_IFDIR))
        }
        return entries
    }

    /// Reads a file piece by piece.
    ///
    /// - Parameter body: takes a piece; returns whether to go on.
    func read(with buffer: inout [UInt8], _ body: (Span<UInt8>) -> Bool) throws(Unreadable) {
        // SAFETY: the path is lent as a C string.
        let file = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw Unreadable(code: errno) }
        defer { _ = close(file) }
        while true {
            // SAFETY: the pointer covers the buffer during the call, with its count.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Unreadable(code: errno) }
            if count == 0 || !body(buffer.span.extracting(first: count)) { return }
        }
    }
}

/// `read`, which means something else inside `Entry`.
private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    // SAFETY: the caller lends `count` bytes from `start` on.
    unsafe read(file, start, count)
}

/// Whether there is a directory at a path.
func isDirectory(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: the path is lent as a C string, and the call fills in `status`.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

private let isStopAsked = Atomic<Bool>(false)

/// Whether the user or the system has asked the program to end.
var shouldStop: Bool { isStopAsked.load(ordering: .relaxed) }

/// Notes SIGINT and SIGTERM from now on instead of ending at once.
func catchStopSignals() {
    // The first use makes the atomic: a signal handler must not.
    isStopAsked.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
        // The handler does nothing but an atomic store, which a handler may do.
        _ = signal(number) { _ in isStopAsked.store(true, ordering: .relaxed) }
    }
}

/// Whether standard output is a terminal.
let isTerminal = isatty(STDOUT_FILENO) == 1

/// Prints a text at once, without waiting for the end of a line.
func show(_ text: String) {
    print(text, terminator: "")
    // Without a stream all of them are flushed.
    fflush(nil)
}

/// Ends the program with a message on standard error.
func quit(_ message: String, code: Int32) -> Never {
    let line = Array("quickstart: \(message)\n".utf8)
    // SAFETY: the pointer covers the array during the call, with its count.
    _ = unsafe line.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(code)
}
