#if Gzip
    import CZlib
    import Testing

    @testable import VernierExporter

    /// Decompresses a whole gzip stream with zlib; nil for what is none, or not all of one.
    func inflated(_ octets: [UInt8]) -> [UInt8]? {
        var stream = unsafe z_stream()
        // SAFETY: the stream lives on the stack of this call and does not move while the closures have its address.
        return unsafe withUnsafeMutablePointer(to: &stream) { stream in
            guard unsafe inflateInit2_(stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK
            else { return nil }
            defer { unsafe inflateEnd(stream) }
            var (input, result, buffer) = (octets, [UInt8](), [UInt8](repeating: 0, count: 4096))
            return unsafe input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
                unsafe stream.pointee.next_in = input.baseAddress
                unsafe stream.pointee.avail_in = UInt32(input.count)
                while true {
                    let status = unsafe buffer.withUnsafeMutableBufferPointer { output in
                        unsafe stream.pointee.next_out = output.baseAddress
                        unsafe stream.pointee.avail_out = UInt32(output.count)
                        return unsafe inflate(stream, Z_NO_FLUSH)
                    }
                    let count = unsafe 4096 - Int(stream.pointee.avail_out)
                    result += buffer.prefix(count)
                    if status == Z_STREAM_END { return unsafe stream.pointee.avail_in == 0 ? result : nil }
                    guard status == Z_OK, count > 0 else { return nil }
                }
            }
        }
    }

    @Suite struct DeflaterTests {
        /// What pieces become, and in how many writes.
        private func compressed(_ pieces: [[UInt8]], with deflater: Deflater) throws -> (octets: [UInt8], writes: Int) {
            var (octets, writes): ([UInt8], Int) = ([], 0)
            func take(_ piece: RawSpan) {
                octets.append(piece)
                writes += 1
            }
            try deflater.reset()
            for piece in pieces { try piece.withRawSpan { try deflater.add($0, to: take) } }
            try deflater.finish(to: take)
            return (octets, writes)
        }

        /// Octets that do not compress.
        private func noise(_ count: Int) -> [UInt8] {
            var state: UInt64 = 42
            return (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
        }

        @Test func `what was compressed can be read again`() throws {
            let deflater = try #require(Deflater())
            let cases: [[[UInt8]]] = [
                [], [[]], [[7]], [Pages.letters(10)], [[], Pages.letters(3), []], [Pages.letters(1_000_000)],
                (0..<200).map { noise($0 * 37) }, [noise(500_000), Pages.letters(70_000)],
            ]
            for pieces in cases {
                let (octets, writes) = try compressed(pieces, with: deflater)
                #expect(inflated(octets) == Array(pieces.joined()))
                #expect(octets.prefix(3) == [0x1f, 0x8b, 8])
                #expect(writes == (octets.count + Deflater.pieceBytes - 1) / Deflater.pieceBytes)
            }
        }

        @Test func `letters in order take less room`() throws {
            let deflater = try #require(Deflater())
            #expect(try compressed([Pages.letters(1_000_000)], with: deflater).octets.count < 20_000)
        }

        @Test func `an error of the reader passes, and the next stream is whole`() throws {
            let deflater = try #require(Deflater())
            struct Gone: Error {}
            try deflater.reset()
            #expect(throws: Gone.self) {
                try noise(100_000).withRawSpan { try deflater.add($0) { _ in throw Gone() } }
            }
            #expect(throws: Gone.self) { try deflater.finish { _ in throw Gone() } }
            #expect(inflated(try compressed([Pages.letters(500)], with: deflater).octets) == Pages.letters(500))
        }

        @Test func `after an error of the reader nothing is read of a piece that is gone`() throws {
            let deflater = try #require(Deflater())
            struct Gone: Error {}
            try deflater.reset()
            #expect(throws: Gone.self) {
                try noise(100_000).withRawSpan { try deflater.add($0) { _ in throw Gone() } }
            }
            // A stream without a piece is empty, whatever the one before had left.
            #expect(try compressed([], with: deflater).octets.count < 30)
            #expect(inflated(try compressed([[]], with: deflater).octets) == [])
        }

        @Test func `a level that zlib does not have makes none`() {
            #expect(Deflater(level: 77) == nil)
        }

        @Test func `a stream that ended takes nothing more`() throws {
            let deflater = try #require(Deflater())
            _ = try compressed([], with: deflater)
            #expect(throws: Deflater.Failure.self) {
                try Pages.letters(5).withRawSpan { try deflater.add($0) { _ in } }
            }
        }
    }
#endif
