/// Updates that do more than the plain thing, of series whose place has the mark (see ``CellPlace/mark``).
///
/// An update compares generations before anything else, and leaves when they differ. For a marked series they always do, so all of this
/// is on the way that an update of a removed series takes, out of line: unmarked series have not an instruction of it.
extension Cell {
    /// Lets a marked cell know what the series of its family share, before it is published.
    func noteShared() {
        place.dueWords.storeRelaxed(ExemplarWords.shared, address: shared.words)
    }

    /// Whether the series still is the one that this cell was made for, marked or not.
    ///
    /// Relaxed, as ``isCurrent``.
    @inlinable
    @inline(__always)
    var isLive: Bool { CellPlace.generation(in: place.generationWord.loadRelaxed(0)) == place.generation }

    /// Adds an integer amount to a marked counter.
    private func addMarked(_ amount: UInt64) {
        addPlainly(amount)
        sampleExemplar(at: 0, value: Double(amount))
    }

    /// Adds a floating amount to a marked counter.
    private func addMarked(double amount: Double) {
        addPlainly(double: amount)
        sampleExemplar(at: 0, value: amount)
    }

    /// Observes a number in a marked histogram.
    private func observeMarked(_ value: Double) {
        let bucket = shared.bucket(of: value)
        countMarked(value, bucket: bucket)
        // NaN is in no bucket that a page could show it in.
        if !value.isNaN { sampleExemplar(at: exemplarIndex(of: value, bucket: bucket), value: value) }
    }

    /// Observes a duration in a marked histogram.
    private func observeMarked(nanoseconds: UInt64) {
        let bucket = shared.bucket(ofNanoseconds: nanoseconds)
        countMarked(nanoseconds: nanoseconds, bucket: bucket)
        let value = { Amount.nanoseconds(nanoseconds).double }
        sampleExemplar(at: exemplarIndex(of: value(), bucket: bucket), value: value())
    }

    /// What an observation in a marked histogram counts.
    private func countMarked(_ value: Double, bucket: Int) {
        if shared.isNative {
            NativeCell(self).observe(NativeNumber(value: value))
        } else {
            observePlainly(value, bucket: bucket)
        }
    }

    /// What an observation of a duration in a marked histogram counts.
    private func countMarked(nanoseconds: UInt64, bucket: Int) {
        if shared.isNative {
            NativeCell(self).observe(NativeNanoseconds(count: nanoseconds))
        } else {
            observePlainly(nanoseconds: nanoseconds, bucket: bucket)
        }
    }
}

/// Updates that name their exemplar, of series with and without the mark.
extension Cell {
    /// Adds an integer amount.
    func add(_ amount: UInt64, exemplar: () -> ExemplarLabels?) {
        guard isLive else { return }
        addPlainly(amount)
        keepExemplar(at: 0, value: Double(amount), exemplar)
    }

    /// Adds a floating amount.
    func add(double amount: Double, exemplar: () -> ExemplarLabels?) {
        guard isLive else { return }
        addPlainly(double: amount)
        keepExemplar(at: 0, value: amount, exemplar)
    }

    /// Observes a number.
    func observe(_ value: Double, bucket: Int, exemplar: () -> ExemplarLabels?) {
        guard isLive else { return }
        if isCurrent { observePlainly(value, bucket: bucket) } else { countMarked(value, bucket: bucket) }
        keepExemplar(at: exemplarIndex(of: value, bucket: bucket), value: value, exemplar)
    }

    /// Observes a duration.
    func observe(nanoseconds: UInt64, bucket: Int, exemplar: () -> ExemplarLabels?) {
        guard isLive else { return }
        if isCurrent {
            observePlainly(nanoseconds: nanoseconds, bucket: bucket)
        } else {
            countMarked(nanoseconds: nanoseconds, bucket: bucket)
        }
        let value = Amount.nanoseconds(nanoseconds).double
        keepExemplar(at: exemplarIndex(of: value, bucket: bucket), value: value, exemplar)
    }
}

/// The calls.
///
/// They take the place in pieces: a structure of this size is passed in memory, and the update would copy it there before it knows that
/// it needs the call. What the series of the family share is not among the pieces either, as an update has no other use for it: a marked
/// cell knows it by itself (``noteShared()``).
extension Cell {
    @inlinable
    @inline(__always)
    func addIfMarked(_ amount: UInt64) {
        Self.add(
            amount, words: place.words, place.generationWord, place.generation, place.stripeMask, place.stripeStride)
    }

    @inlinable
    @inline(__always)
    func addIfMarked(double amount: Double) {
        Self.add(
            double: amount, words: place.words, place.generationWord, place.generation, place.stripeMask,
            place.stripeStride)
    }

    @inlinable
    @inline(__always)
    func observeIfMarked(_ value: Double) {
        Self.observe(
            value, words: place.words, place.generationWord, place.generation, place.stripeMask,
            place.stripeStride)
    }

    @inlinable
    @inline(__always)
    func observeIfMarked(nanoseconds: UInt64) {
        Self.observe(
            nanoseconds: nanoseconds, words: place.words, place.generationWord, place.generation,
            place.stripeMask, place.stripeStride)
    }

    @usableFromInline
    @inline(never)
    static func add(
        _ amount: UInt64, words: CellMemory, _ generationWord: CellMemory, _ generation: UInt32, _ mask: UInt32,
        _ stride: Int
    ) {
        guard isMarked(generationWord, generation) else { return }
        marked(words, mask, stride)?.addMarked(amount)
    }

    @usableFromInline
    @inline(never)
    static func add(
        double amount: Double, words: CellMemory, _ generationWord: CellMemory, _ generation: UInt32, _ mask: UInt32,
        _ stride: Int
    ) {
        guard isMarked(generationWord, generation) else { return }
        marked(words, mask, stride)?.addMarked(double: amount)
    }

    @usableFromInline
    @inline(never)
    static func observe(
        _ value: Double, words: CellMemory, _ generationWord: CellMemory, _ generation: UInt32,
        _ mask: UInt32, _ stride: Int
    ) {
        guard isMarked(generationWord, generation) else { return }
        let cell = NativeCell(words: words, stripeMask: mask, stripeStride: stride)
        if cell.observeQuickly(NativeNumber(value: value)) { return }
        observeMarked(value, words, mask, stride)
    }

    // The generation, which was looked at, is not among the pieces any more: so the short way needs two registers less.

    @inline(never)
    private static func observeMarked(_ value: Double, _ words: CellMemory, _ mask: UInt32, _ stride: Int) {
        marked(words, mask, stride)?.observeMarked(value)
    }

    @usableFromInline
    @inline(never)
    static func observe(
        nanoseconds: UInt64, words: CellMemory, _ generationWord: CellMemory, _ generation: UInt32,
        _ mask: UInt32, _ stride: Int
    ) {
        guard isMarked(generationWord, generation) else { return }
        let cell = NativeCell(words: words, stripeMask: mask, stripeStride: stride)
        if cell.observeQuickly(NativeNanoseconds(count: nanoseconds)) { return }
        observeMarked(nanoseconds: nanoseconds, words, mask, stride)
    }

    @inline(never)
    private static func observeMarked(nanoseconds: UInt64, _ words: CellMemory, _ mask: UInt32, _ stride: Int) {
        marked(words, mask, stride)?.observeMarked(nanoseconds: nanoseconds)
    }

    /// Whether a series is marked and was not removed.
    ///
    /// Relaxed, as ``isCurrent``.
    @inline(__always)
    private static func isMarked(_ word: CellMemory, _ generation: UInt32) -> Bool {
        UInt32(truncatingIfNeeded: word.loadRelaxed(0)) == generation | CellPlace.mark
    }

    /// The cell of a series that is marked and was not removed, which was looked at.
    @inline(__always)
    private static func marked(_ words: CellMemory, _ mask: UInt32, _ stride: Int) -> Cell? {
        let place = CellPlace(words: words, stripeMask: mask, stripeStride: stride)
        return place.dueWords.memory(at: ExemplarWords.shared).map { Cell(place, SharedWords($0)) }
    }
}
