#if Hummingbird
    import Hummingbird
    import NIOCore

    /// Tells a response body that is in memory from one that a closure writes.
    ///
    /// Hummingbird writes head, body and end of the one in a single write, and of the other in three or more. A closure around every body, to
    /// see when it is written, would therefore cost more than everything else that is measured. Hummingbird has no way to ask which of
    /// the two a body is, so this looks at the tag of the enum that a body consists of.
    enum BodyKind {
        /// The last bytes of bodies that are in memory, if they tell those from others.
        ///
        /// That byte holds the tag of the enum, or a part of it. Which values it has is tried with bodies of every kind, once. One that is none of those
        /// was not seen then, and counts as that of a body that is written: such bodies are measured the long way, which is right for all.
        private static let inMemoryTags: (first: UInt8, second: UInt8)? = {
            let buffers = [ByteBuffer(), ByteBuffer(repeating: 0xFF, count: 70_000), ByteBuffer(string: "body")]
            let written = [nil, 0, -1, Int.min, Int.max].flatMap { length in
                [
                    ResponseBody(contentLength: length) { _ in },
                    ResponseBody(contentLength: length) { [buffers] in try await $0.write(contentsOf: buffers) },
                ]
            }
            let ofBuffers = buffers.map { tag(ResponseBody(byteBuffer: $0)) }
            return tags(of: ofBuffers, and: [tag(ResponseBody())], written: written.map(tag))
        }()

        /// The tag that buffers have in common and that of no body at all, unless a body that is written has one of them.
        static func tags(
            of buffers: [UInt8], and empty: [UInt8], written: [UInt8]
        ) -> (first: UInt8, second: UInt8)? {
            guard let first = buffers.first, let second = empty.first, !written.isEmpty,
                buffers.allSatisfy({ $0 == first }), empty.allSatisfy({ $0 == second }),
                !written.contains(first), !written.contains(second)
            else { return nil }
            return (first, second)
        }

        /// Whether a body is in memory, so that it is written together with the head; false where that cannot be told.
        @inline(__always)
        static func isInMemory(_ body: borrowing ResponseBody) -> Bool {
            guard let tags = inMemoryTags else { return false }
            let tag = tag(body)
            return tag == tags.first || tag == tags.second
        }

        @inline(__always)
        private static func tag(_ body: borrowing ResponseBody) -> UInt8 {
            // SAFETY: the closure reads the last byte of a value while it is borrowed; the value has at least one byte.
            unsafe withUnsafeBytes(of: body) { bytes in unsafe bytes[bytes.count - 1] }
        }
    }
#endif
