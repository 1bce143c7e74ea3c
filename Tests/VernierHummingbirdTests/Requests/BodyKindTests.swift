#if Hummingbird
    import Hummingbird
    import NIOCore
    import Testing
    @testable import VernierHummingbird

    @Suite struct BodyKindTests {
        @Test func `bodies in memory are told from those that are written`() throws {
            #expect(BodyKind.isInMemory(ResponseBody()))
            #expect(BodyKind.isInMemory(ResponseBody(byteBuffer: ByteBuffer())))
            #expect(BodyKind.isInMemory(ResponseBody(byteBuffer: ByteBuffer(repeating: 0xFF, count: 1_000_000))))
            var slice = ByteBuffer(repeating: 1, count: 300_000)
            slice.moveReaderIndex(to: 150_000)
            let written = ResponseBody(contentLength: .max) { [slice] writer in try await writer.write(slice) }
            #expect(BodyKind.isInMemory(ResponseBody(byteBuffer: slice.slice())))
            #expect(!BodyKind.isInMemory(ResponseBody { _ in }))
            #expect(!BodyKind.isInMemory(ResponseBody(contentLength: 0) { _ in }))
            #expect(!BodyKind.isInMemory(written))
            #expect(!BodyKind.isInMemory(ResponseBody(contentsOf: [slice, slice])))
            #expect(!BodyKind.isInMemory(ResponseBody(byteBuffer: slice).map { $0 }))
        }

        @Test func `tags that do not tell kinds apart are not used`() {
            func tags(_ buffers: [UInt8], _ empty: [UInt8], _ written: [UInt8]) -> [UInt8]? {
                BodyKind.tags(of: buffers, and: empty, written: written).map { [$0.first, $0.second] }
            }
            #expect(tags([0, 0], [2], [1, 3]) == [0, 2])
            #expect(tags([0, 4], [2], [1]) == nil)
            #expect(tags([0], [1], [1]) == nil)
            #expect(tags([1], [2], [1]) == nil)
            #expect(tags([0], [2], []) == nil)
        }
    }
#endif
