import Foundation

/// A folder of its own among the system's temporary ones.
package struct TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// Makes it.
    package init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vernier-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    /// Removes it and what is in it.
    package func remove() { try? FileManager.default.removeItem(atPath: path) }
}
