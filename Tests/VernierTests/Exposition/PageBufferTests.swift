import Testing

@testable import Vernier

extension PageBuffer {
    /// The content as a string, and the bytes as an array.
    var bytes: [UInt8] {
        withBytes { span in
            var result: [UInt8] = []
            for index in 0..<span.byteCount {
                // SAFETY: the index is below the count, and every bit pattern is a byte.
                result.append(unsafe span.unsafeLoad(fromByteOffset: index, as: UInt8.self))
            }
            return result
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// What `body` writes on an empty page.
    static func written(by body: (inout PageBuffer) -> Void) -> String {
        var buffer = PageBuffer()
        body(&buffer)
        return buffer.text
    }
}

@Suite struct PageBufferTests {
    @Test func `all kinds of text land behind each other`() {
        let written = PageBuffer.written { page in
            page.append(UInt8(ascii: "a"))
            page.append([UInt8]("bc".utf8))
            page.append("d\u{e9}")
            page.append(utf8: "e, and a string too long to be kept inline")
            var other = PageBuffer()
            other.append("f")
            other.withBytes { span in page.append(copying: span) }
            page.append(copying: other)
            page.append(lowBytesOf: 0x6867_6665, 2)
        }
        #expect(written == "abcdée, and a string too long to be kept inlineffef")
    }

    @Test func `empty text adds nothing`() {
        let written = PageBuffer.written { page in
            page.append([])
            page.append("")
            page.append(utf8: "")
            PageBuffer().withBytes { span in page.append(copying: span) }
            page.append(lowBytesOf: .max, 0)
        }
        #expect(written.isEmpty)
    }

    @Test(arguments: [0, 1, 64, 4096]) func `content survives growth from any size`(capacity: Int) {
        var buffer = PageBuffer(minimumCapacity: capacity)
        var expected: [UInt8] = []
        for index in 0..<1000 {
            let run = [UInt8](repeating: UInt8(truncatingIfNeeded: index), count: index % 61)
            buffer.append(run)
            buffer.append(UInt8(truncatingIfNeeded: index))
            expected += run + [UInt8(truncatingIfNeeded: index)]
        }
        #expect(buffer.count == expected.count)
        #expect(buffer.bytes == expected)
    }

    @Test func `one append larger than twice the capacity fits`() {
        var buffer = PageBuffer(minimumCapacity: 64)
        buffer.append("x")
        buffer.append([UInt8](repeating: 7, count: 10_000))
        #expect(buffer.count == 10_001)
        #expect(buffer.bytes.last == 7)
        #expect(buffer.bytes.first == UInt8(ascii: "x"))
    }

    @Test func `room that is reserved is not grown again`() {
        var buffer = PageBuffer(minimumCapacity: 64)
        buffer.reserve(1000)
        let capacity = buffer.capacity
        buffer.append([UInt8](repeating: 1, count: 1000))
        #expect(capacity >= 1000)
        #expect(buffer.capacity == capacity)
    }

    @Test func `removing everything keeps the allocation up to a limit`() {
        var buffer = PageBuffer(minimumCapacity: 1000)
        buffer.append("content")
        buffer.removeAll()
        #expect(buffer.count == 0)
        #expect(buffer.capacity == 1000)
        buffer.removeAll(keepingCapacity: 100)
        #expect(buffer.capacity == 100)
        buffer.append([UInt8](repeating: 1, count: 200))
        #expect(buffer.count == 200)
    }

    @Test(arguments: [64, 4096]) func `text of any length arrives whole and disturbs nothing`(capacity: Int) {
        for length in Array(0...300) + [65_536] {
            let text = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
            var buffer = PageBuffer(minimumCapacity: capacity)
            buffer.append("<")
            buffer.append(text)
            buffer.append(">")
            #expect(buffer.bytes == bytes("<") + text + bytes(">"))
        }
    }

    @Test func `a buffer that is exactly full has not grown`() {
        for length in 1...200 {
            var buffer = PageBuffer(minimumCapacity: 64 + length)
            buffer.append([UInt8](repeating: 1, count: 64))
            buffer.append([UInt8](repeating: 2, count: length))
            #expect(buffer.capacity == 64 + length)
            #expect(buffer.bytes == [UInt8](repeating: 1, count: 64) + [UInt8](repeating: 2, count: length))
        }
    }

    @Test(arguments: [0, 7, 99_999_999, 100_000_000, UInt64.max])
    func `a line has its head, labels and value wherever the buffer has to grow`(value: UInt64) {
        for (headLength, labelLength) in [(0, 0), (1, 1), (5, 3), (20, 40), (64, 64), (129, 70), (10, 65_536)] {
            var head = PageBuffer()
            head.append([UInt8](repeating: 104, count: headLength))
            let labels = [UInt8](repeating: 108, count: labelLength)
            for filled in [0, 1, 30, 60, 63, 64] {
                var buffer = PageBuffer(minimumCapacity: 64)
                buffer.append([UInt8](repeating: 46, count: filled))
                buffer.append(line: head, labels.span, unsigned: value)
                let expected = [UInt8](repeating: 46, count: filled) + head.bytes + labels + bytes("} \(value)\n")
                #expect(buffer.bytes == expected)
            }
        }
    }
}

@Suite struct PageBufferTimeTests {
    private func written(_ time: Double) -> String {
        var page = PageBuffer()
        page.append(unixTime: time)
        return text(page.array)
    }

    @Test(arguments: [
        (0.0, "0"), (1.5, "1.5"), (-1e9, "-1e+09"), (1.7e9, "1.7e+09"), (1_700_000_000.123, "1.700000000123e+09"),
        (1_700_000_000.123_456_7, "1700000000.1234567"), (1_700_000_000.000_000_2, "1700000000.0000002"),
        (1_700_000_000.999_999_8, "1700000000.9999998"), (8_589_934_591.999_999, "8589934591.999999"),
        (1e17, "1e+17"), (.infinity, "+Inf"),
    ])
    func `a time is written with the places that a clock has`(time: Double, expected: String) {
        #expect(written(time) == expected)
    }

    @Test func `a time reads back as it was`() {
        var random = SplitMix(seed: 11)
        for _ in 0..<20_000 {
            let time = 0x1p30 + Double(random.next() >> 11) * 0x1p-53 * (0x1p33 - 0x1p30)
            #expect(Double(written(time)) == time)
            #expect(Double(written(time.nextUp)) == time.nextUp)
        }
    }
}

/// What messages are made of.
@Suite struct PageBufferMessageTests {
    @Test(arguments: [0, 1, 127, 128, 129, 300, 16_383, 16_384, 2_097_151, 2_097_152])
    func `a length is written before what it measures`(length: Int) throws {
        var page = PageBuffer()
        page.append("ab")
        page.append(0)
        page.append([UInt8](repeating: 7, count: length))
        page.closeLength(at: 2)
        let bytes = page.array
        #expect(bytes.prefix(2) == [97, 98])
        let content = try #require(try ProtobufReader([0x0A] + bytes.dropFirst(2)).values(1).first)
        #expect(content == .bytes([UInt8](repeating: 7, count: length)))
    }

    @Test func `a length for a place that is not there changes nothing`() {
        var page = PageBuffer()
        page.append("ab")
        page.closeLength(at: 2)
        page.closeLength(at: 900, 500)
        #expect(page.text == "ab")
    }

    @Test func `what was appended can be taken back`() {
        var page = PageBuffer()
        page.append("abcd")
        page.truncate(to: 9)
        #expect(page.text == "abcd")
        page.truncate(to: 2)
        #expect(page.text == "ab")
        page.truncate(to: -1)
        #expect(page.text == "")
    }
}
