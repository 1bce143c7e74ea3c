/// What the words of a cell mean.
package struct CellLayout: Sendable {
    /// How a cell is updated, read and reset.
    package enum Kind: Sendable {
        /// Two words: the sum of integer amounts, wrapping, and the sum of floating ones.
        case sum
        /// A gauge: its value and the epoch of that, followed by a share of the same two words in each stripe.
        case value
        /// One word that is only set.
        case state
        /// A histogram with this many buckets, the last of which is `+Inf`.
        case histogram(buckets: Int)
        /// A histogram that has native buckets beside these: a word more for the count of zeros, and one for the address of the others
        /// (see NativePages.swift).
        case nativeHistogram(buckets: Int, NativeSettings)
        /// A histogram of one bucket, and a word that points to a window of quantiles.
        case summary
    }

    let kind: Kind
    /// Whether updates do more than the plain thing (see Cell+Marked.swift).
    let isMarked: Bool
    /// Where exemplars come from.
    let exemplars: ExemplarSampling

    package init(kind: Kind, isMarked: Bool = false, exemplars: ExemplarSampling = .byHand) {
        self.kind = kind
        if case .nativeHistogram = kind {
            self.isMarked = true
        } else {
            self.isMarked = isMarked || exemplars.interval != nil
        }
        self.exemplars = exemplars
    }

    /// What native histograms were declared with; nil for all others.
    var native: NativeSettings? {
        if case .nativeHistogram(_, let settings) = kind { settings } else { nil }
    }

    /// How many words a cell has in each stripe.
    package var words: Int {
        switch kind {
        case .sum: 2
        case .value: 2
        case .state: 1
        case .histogram(let buckets): HistogramWords.firstBucket + buckets
        // Even, so that pairs can be exchanged.
        case .nativeHistogram(let buckets, _):
            (max(HistogramWords.firstBucket + buckets + 2, NativeWords.count) + 1) & ~1
        case .summary: SummaryWords.window + 1
        }
    }

    /// How many stripes the series from `slot` on have.
    ///
    /// The first series of a family are the ones that a small family has and a hot path hits: they get all stripes. In a large
    /// family updates spread over the series anyway, and what a scrape has to read counts.
    ///
    /// - Parameter all: how many a metric has that many threads may share.
    package func stripes(forSlot slot: Int, of all: Int = Stripe.count) -> Int {
        if case .state = kind { return 1 }
        if slot < 64 { return all }
        return min(all, slot < 1024 ? 8 : 4)
    }

    /// How many times a cell's words are there for so many stripes.
    func copies(forStripes stripes: Int) -> Int {
        if case .value = kind { return stripes + 1 }
        return stripes
    }

    /// How many times the words are there once more, before all those copies.
    ///
    /// There is what the stripes of a native histogram share (see ``NativeWords``). Other marked cells have that copy too, where zeros
    /// say that they have none of it.
    var leadingCopies: Int { isMarked ? 1 : 0 }

    /// Whether pages say since when a cell counts.
    var hasCreationTime: Bool {
        switch kind {
        case .sum, .histogram, .nativeHistogram, .summary: true
        case .value, .state: false
        }
    }

    /// How many times the words are there once more, after those copies, for exemplars.
    ///
    /// Those that nobody writes to cost no memory.
    var exemplarCopies: Int {
        switch kind {
        case .sum, .histogram, .nativeHistogram: 2
        case .value, .state, .summary: 0
        }
    }
}

/// Where the words of exemplars are, in two more copies of a cell's words behind those of the stripes.
enum ExemplarWords {
    /// In the first copy, the address of the exemplar of a counter or a histogram's first bucket; other buckets' follow.
    static var first: Int { 0 }
    /// In the first copy, behind as many exemplars: when a native histogram last started again by itself, as the bits of a `Double`.
    static func restart(behind exemplars: Int) -> Int { exemplars }
    /// In the second copy, the address of what the series of the family share; only in a marked cell.
    static var shared: Int { 0 }
    /// In the second copy, when the exemplar of a counter or a first bucket may be replaced again; other buckets' follow.
    static var firstDue: Int { 1 }
}

/// Where the words of a gauge and of its shares are: a pair that is exchanged as one.
@usableFromInline
enum GaugeWords {
    /// The bits of a `Double`.
    @usableFromInline static var value: Int { 0 }
    /// How often the gauge was set since it has shares; for a share, the epoch that its amount belongs to.
    @usableFromInline static var epoch: Int { 1 }
}

/// Where the words of a histogram are.
@usableFromInline
enum HistogramWords {
    /// Observations begun, and in the top bit whether they go to the spare cell.
    @usableFromInline static var ticket: Int { 0 }
    /// The sum of observed durations, in nanoseconds.
    @usableFromInline static var nanoseconds: Int { 1 }
    /// The sum of observed numbers, as the bits of a `Double`.
    @usableFromInline static var sum: Int { 2 }
    /// The count of the first bucket, not cumulative.
    @usableFromInline static var firstBucket: Int { 3 }
    /// The bit of the ticket that leads writers to the spare cell.
    @usableFromInline static var diverted: UInt64 { 1 << 63 }
}

/// Where the words of a summary are, beyond those of a histogram with one bucket.
@usableFromInline
enum SummaryWords {
    /// The address of the window; only in the first stripe.
    @usableFromInline static var window: Int { HistogramWords.firstBucket + 1 }
}
