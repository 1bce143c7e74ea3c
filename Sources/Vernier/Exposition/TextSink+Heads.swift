extension TextSink {
    /// What the lines of a family begin with, and how they are written; later families write over it.
    struct Heads: ~Copyable {
        /// The family's name as the page shows it, without suffix.
        var name = ""
        var isQuoted = false
        var plain = Head()
        var bucket = Head()
        var count = Head()
        var sum = Head()
        var created = Head()
        /// What stands before the name of a state: the label's name with `="`.
        var stateLabel: [UInt8] = []
        /// Whether the names of labels are not written as they are kept.
        var rewritesLabels = false
        /// Whether the metrics have lines that say when they were made.
        var showsCreated = false
        /// Whether samples may have exemplars.
        var showsExemplars = false
        /// Whether a sample's line is nothing but its name, labels and value, and stands where it is made, as nearly everywhere.
        var isPlain = true
        var isGaugeHistogram = false

        /// Takes a family's names as a page shows them.
        mutating func set(_ family: FamilyDescriptor, _ format: ExpositionFormat, _ scheme: EscapingScheme) {
            let isOpenMetrics = format.syntax == .openMetrics
            name = family.writtenName(scheme)
            isQuoted = !family.hasLegacyName && scheme == .allowUTF8
            let constant =
                family.constantLabels.isEmpty
                ? [] : LabelText.rendered(LabelText.written(family.constantLabels, scheme))
            rewritesLabels = !family.hasLegacyLabels && scheme != .allowUTF8
            showsCreated = false
            showsExemplars = isOpenMetrics
            isGaugeHistogram = family.type == .gaugeHistogram
            switch family.type {
            case .counter:
                setPlain(family.omitsTotal ? "" : "_total", constant)
                showsCreated = !family.omitsTotal
                // Without the suffix it is of unknown type in OpenMetrics, and such samples have none.
                showsExemplars = isOpenMetrics && !family.omitsTotal
            case .gauge, .unknown: setPlain("", constant)
            case .info: setPlain("_info", constant)
            case .stateSet:
                setPlain("", constant)
                stateLabel = []
                LabelText.append(name: name, to: &stateLabel)
                stateLabel += "=\"".utf8
            case .summary:
                setPlain("", constant)
                setEnds("_count", "_sum", constant)
                showsCreated = true
            case .histogram:
                bucket.set(name, "_bucket", isQuoted, constant)
                setEnds("_count", "_sum", constant)
                showsCreated = true
            case .gaugeHistogram:
                bucket.set(name, "_bucket", isQuoted, constant)
                setEnds("_gcount", "_gsum", constant)
            }
            showsCreated = showsCreated && isOpenMetrics && format.showsCreated
            if showsCreated { created.set(name, "_created", isQuoted, constant) }
            // Outside OpenMetrics the ends of a gauge histogram are lines of other families.
            isPlain = !rewritesLabels && !showsCreated && (isOpenMetrics || !isGaugeHistogram)
        }

        private mutating func setPlain(_ suffix: StaticString, _ constant: [UInt8]) {
            plain.set(name, suffix, isQuoted, constant)
        }

        private mutating func setEnds(_ count: StaticString, _ sum: StaticString, _ constant: [UInt8]) {
            self.count.set(name, count, isQuoted, constant)
            self.sum.set(name, sum, isQuoted, constant)
        }
    }

    /// The beginning of a line: the name with constant labels.
    struct Head: ~Copyable {
        /// What stands before labels: `name{` or `name{a="b",`, or for a quoted name `{"name",` or `{"name",a="b",`.
        var open = PageBuffer(minimumCapacity: 64)
        /// What stands before the value of a sample without labels of its own: `name ` or `name{a="b"} ` or `{"name"} `.
        var bare = PageBuffer(minimumCapacity: 64)

        mutating func set(_ name: String, _ suffix: StaticString, _ isQuoted: Bool, _ constant: [UInt8]) {
            open.removeAll()
            if isQuoted { open.append("{") }
            open.append(name: name, suffix, isQuoted: isQuoted)
            bare.removeAll()
            bare.append(copying: open)
            open.append(isQuoted ? "," : "{")
            if !constant.isEmpty {
                open.append(constant)
                bare.removeAll()
                bare.append(copying: open)
                open.append(",")
            }
            bare.append(isQuoted || !constant.isEmpty ? "} " : " ")
        }
    }
}
