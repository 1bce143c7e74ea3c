#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A socket in the file system: what lies at a path, and whether it is still the same.
struct SocketFile: Sendable, Equatable {
    /// The path of the file.
    let path: String
    private let device: UInt64
    private let inode: UInt64
    /// Whether it is a socket, not a file of another kind.
    let isSocket: Bool

    /// Looks at a path, without following a link; nil when nothing is there.
    init?(at path: String) {
        var status = stat()
        // SAFETY: the path is a terminated copy and `status` a local, both for the time of the call.
        guard unsafe lstat(path, &status) == 0 else { return nil }
        self.path = path
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
        isSocket = status.st_mode & S_IFMT == S_IFSOCK
    }

    /// Removes the file, unless something else has taken its place meanwhile.
    func remove() {
        guard SocketFile(at: path) == self else { return }
        // SAFETY: the path is a terminated copy for the time of the call.
        _ = unsafe unlink(path)
    }
}
