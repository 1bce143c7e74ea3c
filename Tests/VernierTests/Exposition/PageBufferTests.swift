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
            page.append(lowBytesOf: 0x6867_6665, 2)
        }
        #expect(written == "abcdée, and a string too long to be kept inlinefef")
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
}
