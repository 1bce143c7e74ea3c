#if GRPC
    import GRPCCore

    /// Writes messages to another writer and says how many it took.
    struct CountingWriter<Element: Sendable>: RPCWriterProtocol {
        private let base: RPCWriter<Element>
        private let count: @Sendable (Int) -> Void

        init(_ base: RPCWriter<Element>, count: @escaping @Sendable (Int) -> Void) {
            self.base = base
            self.count = count
        }

        func write(_ element: Element) async throws {
            try await base.write(element)
            count(1)
        }

        func write(contentsOf elements: some Sequence<Element>) async throws {
            // A sequence may be read once only.
            let elements = Array(elements)
            try await base.write(contentsOf: elements)
            count(elements.count)
        }
    }
#endif
