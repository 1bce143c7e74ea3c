#if SwiftMetrics
    import CoreMetrics
    import Testing
    import Vernier
    import VernierParsing
    import VernierTesting

    @testable import VernierSwiftMetrics

    /// A factory, and the registry that it reports to: one that would stop the program for a clash of typed metrics.
    struct Backend: Sendable {
        let registry: Registry
        let factory: VernierMetricsFactory

        init(
            _ registry: Registry = Registry(clashPolicy: .stop),
            _ change: (inout VernierMetricsFactory.Configuration) -> Void = { _ in }
        ) {
            self.registry = registry
            var configuration = VernierMetricsFactory.Configuration(registry: registry)
            change(&configuration)
            factory = VernierMetricsFactory(configuration)
        }

        func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
            registry.value(of: name, labels: labels)
        }

        /// Reads the page strictly in each format and under each escaping, and compares it with the registry.
        func expectSoundPages(sourceLocation: SourceLocation = #_sourceLocation) throws {
            let series = registry.gather().map(\.metrics.count).reduce(0, +)
            for syntax in [ExpositionFormat.Syntax.text, .utf8Text, .openMetrics] {
                for scheme in EscapingScheme.allCases where syntax != .text || scheme != .allowUTF8 {
                    let format = ExpositionFormat(syntax, escaping: scheme)
                    let families = try [MetricFamilySnapshot](parsing: registry.page(as: format), as: format)
                    let read = families.map(\.metrics.count).reduce(0, +)
                    #expect(read == series, "\(format)", sourceLocation: sourceLocation)
                    #expect(Set(families.map(\.name)).count == families.count, sourceLocation: sourceLocation)
                }
            }
            for scheme in EscapingScheme.allCases {
                var bytes: [UInt8] = []
                try registry.expose(as: ExpositionFormat(.protobuf, escaping: scheme)) { piece in
                    // SAFETY: the bytes are copied while the closure has them.
                    unsafe piece.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
                }
                let page = try ProtobufPage(bytes)
                #expect(page.series.count == series, "protobuf, \(scheme)", sourceLocation: sourceLocation)
                #expect(Set(page.names).count == page.names.count, sourceLocation: sourceLocation)
                for labels in page.series {
                    #expect(Set(labels).count == labels.count, "\(labels)", sourceLocation: sourceLocation)
                }
            }
        }
    }
#endif
