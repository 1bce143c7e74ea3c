extension TextSink {
    /// Ends a line behind its value, with the time of the sample and its exemplar where it has them.
    @inline(__always)
    mutating func endLine(_ times: SampleTimes, _ exemplar: Exemplar? = nil) {
        if times.timestamp.isNaN, exemplar == nil {
            page.append("\n")
        } else {
            endRareLine(times.timestamp, exemplar)
        }
    }

    /// Ends a line that has a time, an exemplar or both.
    @inline(never)
    private mutating func endRareLine(_ timestamp: Double, _ exemplar: Exemplar?) {
        if !timestamp.isNaN {
            page.append(" ")
            // OpenMetrics has seconds with a fraction, the text formats whole milliseconds.
            if isOpenMetrics { page.append(unixTime: timestamp) } else { page.append(milliseconds: timestamp) }
        }
        if let exemplar, family.showsExemplars {
            page.append(" # {")
            for (index, label) in exemplar.labels.enumerated() {
                if index > 0 { page.append(",") }
                page.append(label: label, scheme)
            }
            page.append("} ")
            page.append(double: exemplar.value)
            if let timestamp = exemplar.timestamp {
                page.append(" ")
                page.append(unixTime: timestamp)
            }
        }
        page.append("\n")
    }

    /// Writes the line that says when a metric was made, where the page has such lines.
    @inline(__always)
    mutating func writeCreated(_ labels: Span<UInt8>, _ times: SampleTimes) {
        guard family.showsCreated, !times.created.isNaN else { return }
        if times.created != lastCreated { renderCreated(times.created) }
        page.append(start: family.created, labels)
        page.append(createdText)
        endLine(times)
    }

    @inline(never)
    private mutating func renderCreated(_ created: Double) {
        lastCreated = created
        shared.removeAll()
        shared.append(unixTime: created)
        createdText = shared.array
    }
}

extension PageBuffer {
    /// Appends text in which backslash and line feed, and quotes if wanted, are escaped.
    mutating func append(escaping text: String, quotes: Bool) {
        guard LabelText.hasEscapes(text) else { return append(utf8: text) }
        var escaped: [UInt8] = []
        LabelText.appendEscaped(text, quotes: quotes, to: &escaped)
        append(escaped)
    }

    /// Appends a label with its name as a scheme writes it.
    mutating func append(label: LabelPair, _ scheme: EscapingScheme) {
        let name = scheme.written(label: label.name)
        append(name: name, "", isQuoted: scheme == .allowUTF8 && !MetricName.isLegacy(label: name))
        append("=\"")
        append(escaping: label.value, quotes: true)
        append("\"")
    }

    /// Appends the name of a metric or a label, in quotes where the page wants that.
    mutating func append(name: String, _ suffix: StaticString, isQuoted: Bool) {
        guard isQuoted else {
            append(utf8: name)
            append(suffix)
            return
        }
        append("\"")
        append(escaping: name, quotes: true)
        append(suffix)
        append("\"")
    }

    /// Writes a line.
    @inline(__always)
    mutating func append(line head: borrowing TextSink.Head, _ labels: Span<UInt8>, _ value: Amount) {
        if case .unsigned(let value) = value, !labels.isEmpty {
            append(line: head.open, labels, unsigned: value)
        } else {
            appendRare(line: head, labels, value)
        }
    }

    /// Writes a line without labels of its own, or with a value that is not a whole number.
    @inline(never)
    private mutating func appendRare(line head: borrowing TextSink.Head, _ labels: Span<UInt8>, _ value: Amount) {
        append(start: head, labels)
        append(value)
        append("\n")
    }

    /// Writes a line with a time in milliseconds, or none for NaN.
    mutating func append(
        line head: borrowing TextSink.Head, _ labels: Span<UInt8>, _ value: Amount, milliseconds timestamp: Double
    ) {
        append(start: head, labels)
        append(value)
        if !timestamp.isNaN {
            append(" ")
            append(milliseconds: timestamp)
        }
        append("\n")
    }

    /// Writes a line up to the value.
    @inline(__always)
    mutating func append(start head: borrowing TextSink.Head, _ labels: Span<UInt8>) {
        if labels.isEmpty {
            append(copying: head.bare)
        } else {
            append(start: head.open, labels)
        }
    }

    /// Writes what stands before labels, the labels and what is between them and the value.
    @inline(__always)
    mutating func append(start open: borrowing PageBuffer, _ labels: Span<UInt8>) {
        append(copying: open)
        append(copying: labels)
        append("} ")
    }

    /// Writes a value.
    mutating func append(_ value: Amount) {
        switch value {
        case .unsigned(let value): append(unsigned: value)
        case .signed(let value): append(signed: value)
        case .nanoseconds(let value): append(nanosecondsAsSeconds: value)
        case .floating(let value): append(double: value)
        }
    }

    /// Writes seconds in whole milliseconds, as near as 64 bits have it.
    mutating func append(milliseconds seconds: Double) {
        let milliseconds = (seconds * 1000).rounded()
        append(signed: Int64(exactly: milliseconds) ?? (milliseconds < 0 ? .min : .max))
    }

    /// Renders what all lines of one metric begin with that add a label of their own.
    @inline(__always)
    mutating func share(_ head: borrowing TextSink.Head, _ labels: Span<UInt8>) {
        removeAll()
        append(copying: head.open)
        if labels.isEmpty { return }
        append(copying: labels)
        append(",")
    }
}
