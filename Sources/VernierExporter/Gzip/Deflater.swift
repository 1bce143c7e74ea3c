#if Gzip
    import CZlib

    /// Compresses octets as they come, with the system's zlib, into one small buffer.
    ///
    /// Memory is some 300 kilobytes, whatever the length of what is compressed (zlib, "deflateInit2").
    @safe
    final class Deflater: @unchecked Sendable {
        // SAFETY (Sendable): whoever has it uses it alone; ``DeflaterPlace`` hands it out once at a time.
        private let stream: UnsafeMutablePointer<z_stream>
        private let output: UnsafeMutablePointer<UInt8>

        /// Why a stream ended.
        enum Failure: Error {
            /// zlib's return code for a state that it says cannot be.
            case zlib(Int32)
            /// There was no memory for another one.
            case noMemory
        }

        /// How many octets are gathered before they are handed on.
        static let pieceBytes = 32 * 1024
        /// The fastest: pages are much alike from line to line, so that the usual level takes twice as long and more for about the same size.
        static let level: Int32 = 1
        /// The largest window, and with 16 added the format of RFC 1952.
        private static let windowBits: Int32 = 15 + 16
        private static let memoryLevel: Int32 = 8

        /// Makes a stream, or nil when there is no memory for it.
        init?(level: Int32 = Deflater.level) {
            // SAFETY: both are freed by the deinit, which also runs when this fails, as both are set. The stream is all zeros, which asks
            // zlib for its own allocator, and never moves, as zlib keeps its address.
            unsafe stream = .allocate(capacity: 1)
            unsafe stream.initialize(to: z_stream())
            unsafe output = .allocate(capacity: Self.pieceBytes)
            let status = unsafe deflateInit2_(
                stream, level, Z_DEFLATED, Self.windowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, zlibVersion(),
                Int32(MemoryLayout<z_stream>.size))
            guard status == Z_OK else { return nil }
        }

        deinit {
            // SAFETY: made by the init, and nobody else has them; `deflateEnd` of a stream that was not begun does nothing.
            unsafe deflateEnd(stream)
            unsafe stream.deallocate()
            unsafe output.deallocate()
        }

        /// Begins anew.
        func reset() throws(Failure) {
            // SAFETY: the stream is begun.
            let status = unsafe deflateReset(stream)
            guard status == Z_OK else { throw .zlib(status) }
            // SAFETY: the buffer has that many octets.
            unsafe stream.pointee.next_out = output
            unsafe stream.pointee.avail_out = UInt32(Self.pieceBytes)
        }

        /// Compresses a piece, handing on what fills the buffer.
        func add(_ piece: RawSpan, to write: (RawSpan) throws -> Void) throws {
            var offset = 0
            while offset < piece.byteCount {
                // zlib counts in 32 bits.
                let count = min(piece.byteCount - offset, 1 << 30)
                let part = piece.extracting(offset..<(offset + count))
                offset += count
                // SAFETY: the span's octets stay for the time of the closure, zlib only reads them, and keeps no address of them: also
                // when an error of the reader ends the loop before all are used up.
                try unsafe part.withUnsafeBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    defer {
                        unsafe stream.pointee.next_in = nil
                        unsafe stream.pointee.avail_in = 0
                    }
                    unsafe stream.pointee.next_in = UnsafeMutablePointer(
                        mutating: base.assumingMemoryBound(to: UInt8.self))
                    unsafe stream.pointee.avail_in = UInt32(count)
                    while unsafe stream.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH, to: write) }
                }
            }
        }

        /// Ends the stream and hands on the rest.
        func finish(to write: (RawSpan) throws -> Void) throws {
            while try step(Z_FINISH, to: write) != Z_STREAM_END {}
            try drain(to: write)
        }

        /// Lets zlib go on, and hands on a full buffer.
        private func step(_ flush: Int32, to write: (RawSpan) throws -> Void) throws -> Int32 {
            // SAFETY: `reset` and `add` have set where to read and to write, and how far.
            let status = unsafe deflate(stream, flush)
            // Z_BUF_ERROR would be a step without room or octets, which the callers do not ask for.
            guard status == Z_OK || status == Z_STREAM_END else { throw Failure.zlib(status) }
            if unsafe stream.pointee.avail_out == 0 { try drain(to: write) }
            return status
        }

        private func drain(to write: (RawSpan) throws -> Void) throws {
            // SAFETY: the first octets of the buffer are those that zlib has written.
            let count = unsafe Self.pieceBytes - Int(stream.pointee.avail_out)
            unsafe stream.pointee.next_out = output
            unsafe stream.pointee.avail_out = UInt32(Self.pieceBytes)
            // SAFETY: they are initialised, and zlib writes to the buffer again only when the call has ended.
            if count > 0 { try write(unsafe RawSpan(_unsafeStart: UnsafeRawPointer(output), byteCount: count)) }
        }
    }
#endif
