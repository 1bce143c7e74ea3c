#if NIO
    import NIOCore
    import Synchronization
    import Vernier
    import VernierExporter

    /// What leads from the thread that makes an answer to the connection that waits for it.
    final class ResponseLink: Sendable {
        /// Why a response is given up.
        enum Abandonment: Error {
            /// The connection is broken.
            case peerIsGone
            /// The peer reads too slowly.
            case peerIsTooSlow
            /// The server has been told to stop.
            case serverStops
        }

        private let loop: any EventLoop
        private let connection: NIOLoopBound<ScrapeConnection>
        /// Signalled when a piece has been written, or never will be.
        private let written = Semaphore()
        private let isBroken = Atomic(false)
        /// Whether the connection has ended, and its event loop perhaps with it.
        private let isGone = Atomic(false)

        init(_ connection: ScrapeConnection, loop: any EventLoop) {
            self.loop = loop
            self.connection = NIOLoopBound(connection, eventLoop: loop)
        }

        /// Sends a piece and waits until it has left for the system; called on the thread.
        func write(_ bytes: RawSpan, core: ScrapeCore, patience: inout ReaderPatience) throws {
            try check(core)
            var buffer = ByteBufferAllocator().buffer(capacity: bytes.byteCount)
            buffer.writeBytes(bytes)
            let piece = buffer
            loop.execute { [connection] in connection.value.send(piece, for: self) }
            while true {
                let before = ContinuousClock.now
                if written.wait(until: before + patience.nextWait) { break }
                try check(core)
                patience.spend(before.duration(to: .now))
                guard patience.lasts(at: .now, refusals: core.handler.refusals, othersWait: core.hasWaiting) else {
                    throw Abandonment.peerIsTooSlow
                }
            }
            try check(core)
            patience.noteProgress()
        }

        private func check(_ core: ScrapeCore) throws {
            // Relaxed: it is looked at again and again, and orders nothing.
            guard !isBroken.load(ordering: .relaxed) else { throw Abandonment.peerIsGone }
            guard !core.isStopping else { throw Abandonment.serverStops }
        }

        /// Tells the connection that the answer is over; called on the thread.
        func end(_ outcome: HTTPResponseEncoder.Outcome) {
            // Relaxed: a connection that ends just now ignores the call.
            guard !isGone.load(ordering: .relaxed) else { return }
            loop.execute { [connection] in connection.value.answered(outcome, by: self) }
        }

        /// The connection has ended; called on the event loop.
        func breakOff() {
            isGone.store(true, ordering: .relaxed)
            noteWritten(false)
        }

        /// A piece was written, or was not; called on the event loop.
        func noteWritten(_ isWritten: Bool) {
            // Before the signal, which orders it for the thread that waits.
            if !isWritten { isBroken.store(true, ordering: .relaxed) }
            written.signal()
        }
    }
#endif
