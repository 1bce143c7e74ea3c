/// The native buckets of a histogram over all its stripes.
struct NativeReading {
    private var zeroCount: UInt64 = 0
    private var pages: [(tag: UInt64, counts: SIMD8<UInt64>)] = []
    private var resolution = NativeResolution(schema: NativeIndex.finest)
    private var threshold = 0.0

    /// Forgets what was read.
    mutating func clear() {
        zeroCount = 0
        pages.removeAll(keepingCapacity: true)
    }

    /// How much was read so far.
    var mark: (zeroCount: UInt64, pages: Int) { (zeroCount, pages.count) }

    /// Forgets what was read after a mark was taken.
    mutating func forget(after mark: (zeroCount: UInt64, pages: Int)) {
        zeroCount = mark.zeroCount
        pages.removeLast(pages.count - mark.pages)
    }

    /// Adds what a stripe of a cell holds.
    ///
    /// Acquiring: who sees a count sees the ticket of its observation when it reads that next.
    mutating func add(_ stripe: CellMemory, _ cell: NativeCell) {
        zeroCount &+= stripe.loadAcquiring(cell.zero)
        cell.pages(of: stripe).forEach { tag, page, _ in
            var counts = SIMD8<UInt64>()
            for index in 0..<NativePages.counts {
                counts[index] = NativeCount.count(page.loadAcquiring(NativePages.firstCount + index))
            }
            if counts != SIMD8() { pages.append((tag, counts)) }
        }
    }

    /// Reads the resolution, after all stripes: no page that was read is coarser, and no zero above the threshold.
    mutating func settle(_ state: CellMemory) {
        var seen = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
        while true {
            threshold = Double(bitPattern: state.loadAcquiring(NativeWords.threshold))
            resolution = NativeResolution(word: state.loadAcquiring(NativeWords.resolution))
            // The same before and after: the two belong together, as both only rise.
            if resolution == seen { return }
            seen = resolution
        }
    }

    /// What was read as a page shows it.
    func point(exemplars: [Exemplar]) -> NativeHistogramPoint {
        let (zeros, positive, negative) = merged(resolution)
        return NativeHistogramPoint(
            schema: resolution.schema, zeroThreshold: threshold, zeroCount: zeros, positive: positive,
            negative: negative,
            exemplars: exemplars)
    }

    /// The buckets at a resolution, those of each sign by rising index, and the count of zeros.
    func merged(
        _ resolution: NativeResolution
    ) -> (zeros: UInt64, positive: [NativeHistogramPoint.Bucket], negative: [NativeHistogramPoint.Bucket]) {
        var zeros = zeroCount
        var positive: [NativeHistogramPoint.Bucket] = []
        var negative: [NativeHistogramPoint.Bucket] = []
        for (tag, counts) in pages {
            let (firstIndex, halvings, isNegative) = NativePages.meaning(of: tag)
            for offset in 0..<NativePages.counts where counts[offset] != 0 {
                let index = firstIndex + offset
                if index << halvings <= resolution.zeroIndex {
                    zeros &+= counts[offset]
                    continue
                }
                let bucket = NativeHistogramPoint.Bucket(
                    index: NativeIndex.coarser(index, by: max(0, resolution.halvings - halvings)), count: counts[offset]
                )
                if isNegative { negative.append(bucket) } else { positive.append(bucket) }
            }
        }
        return (zeros, Self.summed(positive), Self.summed(negative))
    }

    /// The same buckets by rising index, each once.
    private static func summed(_ buckets: [NativeHistogramPoint.Bucket]) -> [NativeHistogramPoint.Bucket] {
        var result: [NativeHistogramPoint.Bucket] = []
        for bucket in buckets.sorted(by: { $0.index < $1.index }) {
            if let last = result.last, last.index == bucket.index {
                result[result.count - 1].count &+= bucket.count
            } else {
                result.append(bucket)
            }
        }
        return result
    }
}
