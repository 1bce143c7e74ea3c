#if Hummingbird
    import NIOCore
    import Synchronization
    import Testing
    @testable import VernierHummingbird

    private struct Broken: Error {}

    @Suite struct PagePipeTests {
        private static func write(_ text: String, _ write: (RawSpan) throws -> Void) throws {
            let octets = Array(text.utf8)
            // SAFETY: the elements are octets, initialised and without padding; the span ends with the call.
            try unsafe write(octets.span.bytes)
        }

        private static func all(of pipe: PagePipe) async throws -> [String] {
            var pieces: [String] = []
            while let piece = try await pipe.next() { pieces.append(String(buffer: piece)) }
            return pieces
        }

        @Test func `pieces come in order`() async throws {
            let pipe = PagePipe { write in
                for number in 0..<1_000 { try Self.write("\(number)", write) }
            }
            #expect(try await Self.all(of: pipe) == (0..<1_000).map(String.init))
            #expect(try await pipe.next() == nil)
        }

        @Test func `what making a page throws comes after its pieces`() async throws {
            let pipe = PagePipe { write in
                try Self.write("first", write)
                throw Broken()
            }
            #expect(try await pipe.next() == ByteBuffer(string: "first"))
            await #expect(throws: Broken.self) { try await pipe.next() }
        }

        @Test func `the thread is a few pieces ahead and no more`() async throws {
            let made = Made()
            let pipe = PagePipe { write in
                for _ in 0..<100 {
                    try Self.write("piece", write)
                    made.add()
                }
            }
            #expect(await eventually { made.count == 2 })
            for _ in 0..<10 { _ = try await pipe.next() }
            #expect(made.count <= 13)
            #expect(try await Self.all(of: pipe).count == 90)
        }

        @Test func `a reader that is too slow loses the rest`() async throws {
            let (made, ended) = (Made(), Made())
            let pipe = PagePipe(
                { write in
                    defer { ended.add() }
                    for _ in 0..<100 {
                        try Self.write("piece", write)
                        made.add()
                    }
                }, patience: .milliseconds(20))
            #expect(await eventually { ended.count == 1 })
            #expect(made.count == 2)
            for _ in 0..<2 { #expect(try await pipe.next() == ByteBuffer(string: "piece")) }
            await #expect(throws: PagePipe.Abandonment.readerIsTooSlow) { try await pipe.next() }
        }

        @Test func `a page that nobody reads any more is given up`() async {
            let ended = Made()
            do {
                let pipe = PagePipe { write in
                    defer { ended.add() }
                    while true { try Self.write("piece", write) }
                }
                _ = try? await pipe.next()
            }
            #expect(await eventually { ended.count == 1 })
        }
    }

    /// Counts what a thread made.
    private final class Made: Sendable {
        private let number = Atomic(0)
        var count: Int { number.load(ordering: .relaxed) }
        func add() { number.add(1, ordering: .relaxed) }
    }
#endif
