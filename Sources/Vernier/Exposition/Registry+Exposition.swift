extension Registry {
    /// Writes the page of all families piece by piece.
    ///
    /// Families come by name, the series of each in the order of their making, so the order is the same from scrape to scrape.
    /// A piece has some 32 kilobytes, and memory does not grow with the number of series, but for two cases. In protobuf a family
    /// says its length first and is kept until it is whole: the bytes of the largest family, about 80 a series of a counter. In the
    /// text formats other than OpenMetrics the counts and the sums of a family of gauge histograms stand behind all of its buckets:
    /// two lines a series are kept until then.
    ///
    /// - Parameters:
    ///   - format: the dialect.
    ///   - names: names of families or samples to which to limit the page (`name[]`); `nil` for all.
    ///   - timeout: how long to wait for collectors; `nil` for ``defaultTimeout``. Blocks the calling thread that long at most.
    ///   - write: takes one piece after another, on the calling thread, without a lock of the library held.
    /// - Throws: what `write` throws; nothing else can fail.
    public func expose(
        as format: ExpositionFormat, names: Set<String>? = nil, timeout: Duration? = nil,
        to write: (RawSpan) throws -> Void
    ) throws {
        switch format.syntax {
        case .text, .utf8Text, .openMetrics: try expose(through: TextSink(format), names, timeout, to: write)
        case .protobuf: try expose(through: ProtobufSink(format), names, timeout, to: write)
        }
    }

    private func expose<Sink: PageSink & ~Copyable>(
        through sink: consuming Sink, _ names: Set<String>?, _ timeout: Duration?, to write: (RawSpan) throws -> Void
    ) throws {
        let readings = try gather(into: &sink, names: names, timeout: timeout ?? Self.defaultTimeout) { sink in
            if sink.isFull { try sink.drain(to: write) }
        }
        sink.end()
        try sink.drain(to: write)
        // Not before: a page that broke off has shown nobody the last values of series that leave.
        for reading in readings { reading.confirm() }
    }

    /// The whole page as a string: for tests, logs and small programs.
    ///
    /// The text formats are UTF-8 and come as they are. `.protobuf` is not text: what is not UTF-8 in it is replaced, so the string
    /// cannot be read back; take the bytes of ``expose(as:names:timeout:to:)`` for that.
    ///
    /// Blocks the calling thread while collectors are read, as ``expose(as:names:timeout:to:)`` does.
    public func page(as format: ExpositionFormat, names: Set<String>? = nil) -> String {
        var page = PageBuffer()
        // Appending to a buffer throws nothing.
        try? expose(as: format, names: names) { piece in page.append(copying: piece) }
        return String(decoding: page.array, as: UTF8.self)
    }
}
