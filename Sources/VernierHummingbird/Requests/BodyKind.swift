#if Hummingbird
    import Hummingbird
    import NIOCore

    /// Tells a response body that is in memory from one that a closure writes.
    ///
    /// Hummingbird writes head, body and end of the one in a single write, and of the other in three or more. A closure around every body, to
    /// see when it is written, would therefore cost more than everything else that is measured. Hummingbird has no way to ask which of
    /// the two a body is, so this looks at the tag of the enum that a body consists of.
    enum BodyKind {
        /// The tag of bodies that a closure writes, if bodies have their tags where they are looked for.
        ///
        /// The tag of an enum whose cases leave no bits free is its last byte (Swift ABI, "Type Layout", "Multi-Payload Enums"). Whether that is so is
        /// tried with bodies of every kind, once: where two kinds have one tag, or one kind has two, no body counts as being in memory,
        /// and all are measured the long way.
        private static let closureTag: UInt8? = {
            let buffers = [ByteBuffer(), ByteBuffer(repeating: 0xFF, count: 70_000), ByteBuffer(string: "body")]
            let inMemory = buffers.map { ResponseBody(byteBuffer: $0) } + [ResponseBody()]
            let written = [nil, 0, -1, Int.min, Int.max].flatMap { length in
                [
                    ResponseBody(contentLength: length) { _ in },
                    ResponseBody(contentLength: length) { [buffers] in try await $0.write(contentsOf: buffers) },
                ]
            }
            return closureTag(inMemory: inMemory.map(tag), written: written.map(tag))
        }()

        /// What the tags of bodies that a closure writes have in common and no other has.
        static func closureTag(inMemory: [UInt8], written: [UInt8]) -> UInt8? {
            guard let first = written.first, written.allSatisfy({ $0 == first }), !inMemory.contains(first) else {
                return nil
            }
            return first
        }

        /// Whether a body is in memory, so that it is written together with the head; false where that cannot be told.
        @inline(__always)
        static func isInMemory(_ body: borrowing ResponseBody) -> Bool {
            guard let closureTag else { return false }
            return tag(body) != closureTag
        }

        @inline(__always)
        private static func tag(_ body: borrowing ResponseBody) -> UInt8 {
            // SAFETY: the closure reads the last byte of a value while it is borrowed; the value has at least one byte.
            unsafe withUnsafeBytes(of: body) { bytes in unsafe bytes[bytes.count - 1] }
        }
    }
#endif
