#if GRPC
    import GRPCCore

    /// Writes messages to another writer and says how many there were.
    struct CountingWriter<Element: Sendable>: RPCWriterProtocol {
        private let base: RPCWriter<Element>
        private let note: @Sendable (Event) -> Void

        /// What happens to messages.
        enum Event {
            /// They are about to be written.
            case begin(Int)
            /// They were written.
            case written(Int)
            /// They could not be written.
            case failed
        }

        init(_ base: RPCWriter<Element>, note: @escaping @Sendable (Event) -> Void) {
            self.base = base
            self.note = note
        }

        func write(_ element: Element) async throws {
            try await write(1) { try await base.write(element) }
        }

        func write(contentsOf elements: some Sequence<Element>) async throws {
            // A sequence may be read once only.
            let elements = Array(elements)
            try await write(elements.count) { try await base.write(contentsOf: elements) }
        }

        private func write(_ count: Int, _ body: () async throws -> Void) async throws {
            note(.begin(count))
            do {
                try await body()
            } catch {
                note(.failed)
                throw error
            }
            note(.written(count))
        }
    }
#endif
