/// What values may be that have no declaration here: as much as the pages can show for which they are.
struct SnapshotRules {
    /// Whether a counter may be below zero, or no number: the text formats do not say what it is.
    var countersMayFall = false
    /// Whether the times of one metric rise, as OpenMetrics wants it.
    var timesRise = true
    /// Whether times are shown in whole milliseconds, so that those that round to the same are one.
    var wholeMilliseconds = true
    /// Whether some info metrics of a family may have times and others none: a strict parser of OpenMetrics takes them for one metric.
    var infoTimesMayMix = false
    /// The latest time in seconds since 1970, and the earliest before it: what 64 bits of milliseconds hold.
    var latestTime = 9e15

    /// What every format can show.
    init() {}

    /// What the pages of one syntax can show.
    init(_ syntax: ExpositionFormat.Syntax) {
        switch syntax {
        case .text, .utf8Text:
            countersMayFall = true
            timesRise = false
            infoTimesMayMix = true
        case .openMetrics:
            latestTime = .greatestFiniteMagnitude
            wholeMilliseconds = false
        case .protobuf: infoTimesMayMix = true
        }
    }
}
