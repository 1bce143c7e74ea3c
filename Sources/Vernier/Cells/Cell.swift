import Synchronization

/// The place where one series keeps its value: a few words, once in every stripe.
///
/// Instruments are made of it; there is nothing to do with it by itself. A cell keeps its store alive. A cell of a series that was removed stays safe to update: the generation no longer matches, and
/// the update is dropped.
public struct Cell: Sendable {
    /// The series' words in the first stripe.
    @usableFromInline let words: CellMemory
    /// The word that tells whether the series is still the one that this cell was made for.
    @usableFromInline let generationWord: CellMemory
    /// What that word said.
    @usableFromInline let generation: UInt32
    /// One less than the number of stripes, a power of two.
    @usableFromInline let stripeMask: UInt32
    /// Words from one stripe to the next.
    @usableFromInline let stripeStride: Int
    /// What owns the memory.
    @usableFromInline let store: SeriesStore

    @inlinable
    init(
        words: CellMemory, generationWord: CellMemory, generation: UInt32, stripeMask: UInt32, stripeStride: Int,
        store: SeriesStore
    ) {
        self.words = words
        self.generationWord = generationWord
        self.generation = generation
        self.stripeMask = stripeMask
        self.stripeStride = stripeStride
        self.store = store
    }

    /// Whether the series still is the one that this cell was made for.
    ///
    /// Relaxed: the word only says whether to update, and what it guards is atomic by itself (see Docs/CONCURRENCY.md, "Removal").
    @inlinable
    @inline(__always)
    var isCurrent: Bool {
        UInt32(truncatingIfNeeded: generationWord.loadRelaxed(0)) == generation
    }

    /// The words of the stripe that the calling thread writes to.
    @inlinable
    @inline(__always)
    var stripe: CellMemory {
        words.advanced(by: Int(truncatingIfNeeded: Stripe.hint & stripeMask) &* stripeStride)
    }

    /// How many stripes there are.
    var stripeCount: Int { Int(stripeMask) + 1 }

    /// The words of the stripe at an index.
    func stripe(at index: Int) -> CellMemory {
        words.advanced(by: index * stripeStride)
    }

    /// Counts an update that was refused because of its amount.
    @usableFromInline
    @inline(never)
    func reject() {
        // Relaxed: a count that nothing else depends on.
        store.rejected.wrappingAdd(1, ordering: .relaxed)
    }
}
