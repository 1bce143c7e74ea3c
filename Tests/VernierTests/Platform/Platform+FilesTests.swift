import Testing

@testable import Vernier

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct PlatformFilesTests {
    @Test func `a file is read whole, or up to a limit`() throws {
        let directory = try TemporaryDirectory()
        let content = (0..<3000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let path = directory.write(content, to: "file")
        #expect(Platform.contents(ofFile: path) == content)
        #expect(Platform.contents(ofFile: path, limit: 1500) == Array(content.prefix(1500)))
        #expect(Platform.contents(ofFile: path, limit: 0) == [])
        #expect(Platform.size(ofFile: path) == 3000)
    }

    @Test func `what cannot be read is nil`() throws {
        let directory = try TemporaryDirectory()
        let missing = directory.path + "/missing"
        #expect(Platform.contents(ofFile: missing) == nil)
        #expect(Platform.contents(ofFile: directory.path) == nil)
        #expect(Platform.entryCount(ofDirectory: missing) == nil)
        #expect(Platform.size(ofFile: missing) == nil)
        #if !canImport(Darwin)
            #expect(Platform.nanoseconds(of: 0x7FFF) == nil)
        #endif
    }

    @Test func `entries of a directory are counted`() throws {
        let directory = try TemporaryDirectory()
        #expect(Platform.entryCount(ofDirectory: directory.path) == 0)
        for name in ["a", "b", ".c"] { _ = directory.write([], to: name) }
        #expect(Platform.entryCount(ofDirectory: directory.path) == 3)
    }

    @Test func `limits are known and above zero`() throws {
        #expect(try #require(Platform.openDescriptorLimit()) > 0)
        #expect(try #require(Platform.addressSpaceLimit()) > 0)
    }
}

/// A directory with files that goes away with the value.
final class TemporaryDirectory {
    let path: String
    private var files: [String] = []

    init() throws {
        var template = Array("/tmp/vernier-tests-XXXXXX".utf8CString)
        // SAFETY: the array is a terminated C string, lent to the call, which replaces its X's.
        let made = unsafe mkdtemp(&template) != nil
        try #require(made)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Writes a file and returns its path.
    func write(_ content: [UInt8], to name: String) -> String {
        let file = path + "/" + name
        // SAFETY: the string is lent as a terminated C string.
        let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        #expect(descriptor >= 0)
        var rest = content[...]
        while !rest.isEmpty {
            let chunk = Array(rest)
            let count = writeSome(descriptor, chunk)
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
        files.append(file)
        return file
    }

    deinit {
        // SAFETY: the strings are lent as terminated C strings.
        for file in files { _ = unsafe unlink(file) }
        // SAFETY: as above.
        _ = unsafe rmdir(path)
    }
}

private func writeSome(_ descriptor: Int32, _ bytes: [UInt8]) -> Int {
    // SAFETY: the array is lent to the call with its count.
    unsafe write(descriptor, bytes, bytes.count)
}
