#if NIO
    import NIOCore
    import Synchronization
    import Vernier
    import VernierExporter

    /// What leads from the thread that makes an answer to the connection that waits for it.
    final class ResponseLink: Sendable {
        /// Which connection it is, in the table.
        let id: ObjectIdentifier
        private let loop: any EventLoop
        private let connection: NIOLoopBound<ScrapeConnection>
        /// Signalled when a piece has been written, or never will be.
        private let written = Semaphore()
        private let isBroken = Atomic(false)
        /// Whether the connection has ended, and its event loop perhaps with it.
        private let isGone = Atomic(false)

        init(_ connection: ScrapeConnection, on channel: any Channel) {
            id = ObjectIdentifier(channel)
            loop = channel.eventLoop
            self.connection = NIOLoopBound(connection, eventLoop: loop)
        }

        /// Whether nobody is there any more to answer; relaxed, as it is looked at again with each piece.
        var isAbandoned: Bool { isBroken.load(ordering: .relaxed) }

        /// Sends a piece and waits until it has left for the system; called on the thread.
        func write(_ bytes: RawSpan, core: ScrapeCore, patience: inout ReaderPatience) throws {
            try check(core)
            var buffer = ByteBufferAllocator().buffer(capacity: bytes.byteCount)
            buffer.writeBytes(bytes)
            let piece = buffer
            loop.execute { [connection] in connection.value.send(piece, for: self) }
            while true {
                let before = ContinuousClock.now
                let isWritten = written.wait(until: before + patience.nextWait)
                // A wait that ended well counts as any other: who takes piece after piece slowly has its time too.
                patience.spend(before.duration(to: .now))
                if isWritten { break }
                try check(core)
                guard patience.lasts(at: .now, refusals: core.handler.refusals, othersWait: core.hasWaiting) else {
                    throw Abandonment.peerIsTooSlow
                }
            }
            try check(core)
            patience.noteProgress()
        }

        private func check(_ core: ScrapeCore) throws {
            guard !isAbandoned else { throw Abandonment.peerIsGone }
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
