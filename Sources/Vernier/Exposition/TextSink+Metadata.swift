extension TextSink {
    /// Writes type, unit and help, in the order that OpenMetrics asks for (1.0.0, "MetricFamily metadata").
    mutating func writeMetadata(_ descriptor: FamilyDescriptor) {
        let suffix = metadataSuffix(of: descriptor)
        writeMetadata("# TYPE ", suffix)
        page.append(utf8: typeWord(of: descriptor))
        page.append("\n")
        // A unit is the end of a name, which escaping may have taken apart.
        if isOpenMetrics, !descriptor.unit.isEmpty, family.name.hasSuffix("_\(descriptor.unit)") {
            writeMetadata("# UNIT ", suffix)
            page.append(utf8: descriptor.unit)
            page.append("\n")
        }
        writeHelp(descriptor.help, suffix)
        if family.isGaugeHistogram { gaugeHelp = descriptor.help }
    }

    private mutating func writeHelp(_ help: String, _ suffix: StaticString) {
        guard !help.isEmpty else { return }
        writeMetadata("# HELP ", suffix)
        page.append(escaping: help, quotes: isOpenMetrics)
        page.append("\n")
    }

    private mutating func writeMetadata(_ keyword: StaticString, _ suffix: StaticString) {
        page.append(keyword)
        page.append(name: family.name, suffix, isQuoted: family.isQuoted)
        page.append(" ")
    }

    /// In the text formats a family has the name of its samples, in OpenMetrics the name without suffix.
    private func metadataSuffix(of family: FamilyDescriptor) -> StaticString {
        switch family.type {
        case .counter where !isOpenMetrics && !family.omitsTotal: "_total"
        case .info where !isOpenMetrics: "_info"
        default: ""
        }
    }

    /// The text formats have no word for some types: what is 0 or 1 there is a gauge, and a gauge histogram shows its structure.
    ///
    /// In OpenMetrics the samples of a counter end in `_total`; what does not is of unknown type, as Prometheus' own library has it.
    private func typeWord(of family: FamilyDescriptor) -> String {
        if isOpenMetrics { return family.omitsTotal ? MetricType.unknown.rawValue : family.type.rawValue }
        return switch family.type {
        case .info, .stateSet: MetricType.gauge.rawValue
        case .gaugeHistogram: MetricType.histogram.rawValue
        case .unknown: "untyped"
        default: family.type.rawValue
        }
    }

    /// Writes the counts and sums of a gauge histogram as families: the text formats know no such samples, and call them gauges.
    mutating func endGaugeHistogram() {
        family.isGaugeHistogram = false
        if !gaugeCounts.isEmpty {
            writeGaugeMetadata("_gcount")
            page.append(gaugeCounts)
            gaugeCounts = []
        }
        if !gaugeSums.isEmpty {
            writeGaugeMetadata("_gsum")
            page.append(gaugeSums)
            gaugeSums = []
        }
    }

    private mutating func writeGaugeMetadata(_ suffix: StaticString) {
        writeMetadata("# TYPE ", suffix)
        page.append("gauge\n")
        writeHelp(gaugeHelp, suffix)
    }
}
