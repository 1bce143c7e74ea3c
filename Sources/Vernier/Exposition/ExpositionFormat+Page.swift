extension ExpositionFormat {
    /// The page of families that somebody has as values: those of a gather, of a parsed page, of another program.
    ///
    /// The families come in their order and with their names as they are: nothing is added to a name but the suffixes of samples,
    /// and the unit has to be its end. Metrics with the same labels stand one behind the other and have rising timestamps, which the
    /// text formats do not ask for. What no reader takes is refused, as it is in what a ``Collector`` hands over.
    ///
    /// ```swift
    /// let page = try ExpositionFormat.openMetrics.page(of: Registry.default.gather())
    /// ```
    ///
    /// - Throws: ``SnapshotError`` for the first family that cannot be shown.
    /// - Complexity: linear in the number of series; holds the whole page in memory.
    public func page(of families: [MetricFamilySnapshot]) throws -> [UInt8] {
        var taken: [String: String] = [:]
        let families = try families.map { snapshot in
            let family: CollectedFamily
            do { family = try CollectedFamily(verbatim: snapshot, for: syntax) } catch {
                throw SnapshotError(family: snapshot.name, description: "\(error)")
            }
            for name in family.descriptor.claimedNames(in: syntax) {
                if let other = taken.updateValue(snapshot.name, forKey: name) {
                    throw SnapshotError(clashOf: snapshot.name, with: other, over: name)
                }
            }
            return family
        }
        return switch syntax {
        case .text, .utf8Text, .openMetrics: try Self.page(of: families, through: TextSink(self))
        case .protobuf: try Self.page(of: families, through: ProtobufSink(self))
        }
    }

    private static func page<Sink: PageSink & ~Copyable>(
        of families: [CollectedFamily], through sink: consuming Sink
    ) throws -> [UInt8] {
        var page = PageBuffer()
        for family in families {
            try family.write(to: &sink) { sink in try sink.drain { page.append(copying: $0) } }
        }
        sink.end()
        try sink.drain { page.append(copying: $0) }
        return page.array
    }
}

/// Why families that somebody has as values cannot be on a page.
public struct SnapshotError: Error, Sendable, CustomStringConvertible {
    /// The name of the family that cannot be shown.
    public let family: String
    /// What is wrong with it.
    public let description: String

    init(family: String, description: String) {
        self.family = family
        self.description = description
    }

    init(clashOf family: String, with other: String, over name: String) {
        self.family = family
        description =
            family == other
            ? "The family \(MetricName.quoted(family)) stands twice."
            : """
            The families \(MetricName.quoted(other)) and \(MetricName.quoted(family)) clash: both would expose the name "\(name)".
            """
    }
}
