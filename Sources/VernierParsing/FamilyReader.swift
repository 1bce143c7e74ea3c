import Vernier

/// A family while its lines are read.
struct FamilyReader {
    /// The name as the page's metadata has it.
    let name: [UInt8]
    /// Where the family began.
    let line: Int
    private(set) var type: MetricType?
    private(set) var unit: String?
    private(set) var help: String?
    /// The samples that the family may have; empty until the first one fixed the type.
    private(set) var roles: [(suffix: [UInt8], role: SampleRole)] = []
    /// How many bytes its lines have so far.
    var bytes = 0

    private var metrics: [MetricSnapshot] = []
    /// Metrics of which more samples may come: the last one in OpenMetrics, all in the text formats.
    private var open: [PointReader] = []
    /// The metrics so far, once there are two: their labels, and where they are in `open`.
    private var places: [ByteKey: Int] = [:]
    private var current = Current()

    /// The metric of the last sample.
    private struct Current {
        var isThere = false
        var rawKey: [UInt8] = []
        var key: [UInt8] = []
        var timestamp: Double?
        var place = 0

        mutating func set(_ key: [UInt8], _ timestamp: Double?, place: Int) {
            isThere = true
            self.key = key
            self.timestamp = timestamp
            self.place = place
        }
    }

    init(_ name: [UInt8], line: Int) {
        self.name = exactCopy(name)
        self.line = line
    }

    /// Whether a sample was read, after which metadata comes too late.
    var hasSamples: Bool { !roles.isEmpty }

    // MARK: Metadata

    mutating func set(type new: MetricType, _ reader: LineReader) throws(ExpositionError) {
        if type != nil { throw twice("TYPE", reader) }
        type = new
        try judgeUnit(reader)
    }

    mutating func set(help new: String, _ reader: LineReader) throws(ExpositionError) {
        if help != nil { throw twice("HELP", reader) }
        help = new
    }

    mutating func set(unit new: String, _ reader: LineReader) throws(ExpositionError) {
        if unit != nil { throw twice("UNIT", reader) }
        unit = new
        let suffix = Array("_\(new)".utf8)
        guard new.isEmpty || (name.count >= suffix.count && name.suffix(suffix.count) == suffix[...]) else {
            throw reader.error(
                found: "the unit \(MetricName.quoted(new)) of \(quoted(name))",
                expected: "a name that ends with its unit")
        }
        try judgeUnit(reader)
    }

    private func judgeUnit(_ reader: LineReader) throws(ExpositionError) {
        if let unit, !unit.isEmpty, type == .info || type == .stateSet {
            throw reader.error(
                found: "the unit \(MetricName.quoted(unit)) of an info or state set", expected: "no unit")
        }
    }

    private func twice(_ keyword: String, _ reader: LineReader) -> ExpositionError {
        reader.error(found: "a second line \"# \(keyword)\" for \(quoted(name))", expected: "one")
    }

    // MARK: Samples

    /// Fixes the type: what comes now are samples.
    mutating func beginSamples(_ dialect: Dialect) {
        if !hasSamples { roles = dialect.roles(of: type ?? .unknown) }
    }

    /// What a sample of this name says about a metric of the family; `nil` when it belongs to another family.
    func role(of sample: [UInt8], _ dialect: Dialect) -> SampleRole? {
        guard sample.starts(with: name) else { return nil }
        let suffix = sample[name.count...]
        let roles = hasSamples ? roles : dialect.roles(of: type ?? .unknown)
        return roles.first { $0.suffix[...] == suffix }?.role
    }

    /// The label that a sample of this role has besides those of its metric.
    func specialLabel(of role: SampleRole) -> [UInt8]? {
        switch role {
        case .bucket: Self.le
        case .quantile: Self.quantile
        case .state: name
        default: nil
        }
    }

    private static let le = Array("le".utf8)
    private static let quantile = Array("quantile".utf8)

    /// The label that no metric of the family may have, as its samples write it themselves.
    var reservedLabel: [UInt8]? {
        switch type {
        case .histogram, .gaugeHistogram: Self.le
        case .summary: Self.quantile
        case .stateSet: name
        default: nil
        }
    }

    /// All names that the family takes from others (OpenMetrics 1.0.0, "Suffixes").
    func claims(_ dialect: Dialect) -> [[UInt8]] {
        [name] + dialect.roles(of: type ?? .unknown).filter { !$0.suffix.isEmpty }.map { name + $0.suffix }
    }

    /// Takes a sample.
    mutating func take(
        _ sample: borrowing ReadSample, labels: borrowing LabelList, _ reader: LineReader
    ) throws(ExpositionError) {
        let isNew = try locate(timestamp: sample.timestamp, labels, reader)
        switch sample.role {
        case .value, .info:
            guard isNew else {
                if sample.timestamp == nil || !reader.dialect.isOpenMetrics { throw reader.repeated() }
                return
            }
            let value = sample.number.value
            let point = sample.role == .info ? MetricPoint.info : type == .gauge ? .gauge(value) : .unknown(value)
            metrics.append(MetricSnapshot(labels: labels.pairs, point, timestamp: sample.timestamp))
        default:
            if isNew {
                if reader.dialect.isOpenMetrics {
                    try close(reader.dialect)
                    current.place = 0
                }
                open.append(PointReader(labels: labels.pairs, timestamp: sample.timestamp, line: reader.number))
            }
            try open[current.place].take(sample, reader)
        }
    }

    /// Finds the metric of a sample and makes it the current one.
    ///
    /// - Returns: whether it is a new one.
    private mutating func locate(
        timestamp: Double?, _ labels: borrowing LabelList, _ reader: LineReader
    ) throws(ExpositionError) -> Bool {
        if current.isThere, labels.key == current.rawKey {
            // The same labels were found to be right before.
            return try locate(key: current.key, timestamp, reader)
        }
        guard let key = labels.canonicalKey() else {
            throw reader.error(found: "a sample with a label twice", expected: "each label once")
        }
        let isNew = try locate(key: key, timestamp, reader)
        current.rawKey.removeAll(keepingCapacity: true)
        current.rawKey += labels.key
        return isNew
    }

    private mutating func locate(
        key: [UInt8], _ timestamp: Double?, _ reader: LineReader
    ) throws(ExpositionError) -> Bool {
        guard current.isThere else {
            current.set(key, timestamp, place: 0)
            return true
        }
        if key == current.key, timestamp == current.timestamp { return false }
        if reader.dialect.isOpenMetrics {
            try judgeOrder(isSame: key == current.key, timestamp, reader)
            if key == current.key {
                current.timestamp = timestamp
                return true
            }
            if places.isEmpty { places[ByteKey(current.key)] = 0 }
            if places.updateValue(0, forKey: ByteKey(key)) != nil {
                throw reader.error(
                    found: "a metric that was there before others", expected: "all samples of a metric together")
            }
            current.set(key, timestamp, place: 0)
            return true
        }
        // In the text formats the samples of a family come in any order, and a timestamp makes another sample.
        if places.isEmpty { places[Self.key(current.key, current.timestamp)] = current.place }
        let whole = Self.key(key, timestamp)
        let place = places.updateValue(open.count, forKey: whole)
        if let place { places[whole] = place }
        current.set(key, timestamp, place: place ?? open.count)
        return place == nil
    }

    /// Times of one metric rise, and all of its points have one or none has (OpenMetrics 1.0.0, "Timestamps").
    private func judgeOrder(isSame: Bool, _ timestamp: Double?, _ reader: LineReader) throws(ExpositionError) {
        // To which metric an info belongs is not known, as all its labels may be what it says.
        if isSame || type == .info, (timestamp == nil) != (current.timestamp == nil) {
            throw reader.error(found: "samples with and without timestamps", expected: "one kind in a metric")
        }
        if isSame, let timestamp, let before = current.timestamp, timestamp < before {
            throw reader.error(
                found: "the timestamp \(timestamp) after \(before)", expected: "timestamps that rise within a metric")
        }
    }

    private static func key(_ labels: [UInt8], _ timestamp: Double?) -> ByteKey {
        guard let timestamp else { return ByteKey(labels) }
        var key = labels
        // Two separators in a row are in no set of labels.
        key += [LabelList.separator, LabelList.separator]
        for shift in stride(from: 0, to: 64, by: 8) {
            key.append(UInt8(truncatingIfNeeded: timestamp.bitPattern >> shift))
        }
        return ByteKey(key)
    }

    private mutating func close(_ dialect: Dialect) throws(ExpositionError) {
        for point in open { metrics.append(try point.snapshot(of: type ?? .unknown, dialect)) }
        open.removeAll(keepingCapacity: true)
    }

    // MARK: The whole family

    /// The family, once all its lines were read.
    consuming func snapshot(_ dialect: Dialect) throws(ExpositionError) -> MetricFamilySnapshot {
        try close(dialect)
        var name = String(decoding: name, as: UTF8.self)
        var omitsTotal = false
        if type == .counter, !dialect.isOpenMetrics {
            // The text formats name a counter with its suffix.
            let suffix = "_total"
            omitsTotal = !(name.hasSuffix(suffix) && name != suffix)
            if !omitsTotal { name.removeLast(suffix.count) }
        }
        var family = MetricFamilySnapshot(
            name, type: type ?? .unknown, unit: unit ?? "", help: help ?? "", metrics: metrics)
        family.omitsTotal = omitsTotal
        return family
    }
}

/// Bytes as the key of a table: hashed at once, where an array hashes each of its elements by itself.
struct ByteKey: Hashable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func hash(into hasher: inout Hasher) {
        // SAFETY: the hasher reads the array's own bytes before the closure returns.
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}
