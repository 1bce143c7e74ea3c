/// Where the words of one series are: plain numbers, which keep nothing alive.
@usableFromInline
struct CellPlace: Sendable {
    /// The series' words in the first stripe.
    @usableFromInline let words: CellMemory
    /// The word that tells whether the series is still the one that this was made for.
    @usableFromInline let generationWord: CellMemory
    /// What that word said, without its ``mark``.
    @usableFromInline let generation: UInt32
    /// One less than the number of stripes, a power of two.
    @usableFromInline let stripeMask: UInt32
    /// Words from one stripe to the next.
    @usableFromInline let stripeStride: Int

    @inlinable
    init(
        words: CellMemory, generationWord: CellMemory, generation: UInt32, stripeMask: UInt32, stripeStride: Int
    ) {
        self.words = words
        self.generationWord = generationWord
        self.generation = generation
        self.stripeMask = stripeMask
        self.stripeStride = stripeStride
    }

    /// Makes the place of a series whose generation was looked at, or does not matter: of the words alone, so that nothing may ask
    /// whether the series is current.
    init(words: CellMemory, stripeMask: UInt32, stripeStride: Int) {
        self.init(
            words: words, generationWord: words, generation: 0, stripeMask: stripeMask, stripeStride: stripeStride)
    }

    /// The bit of a stored generation that says that updates of the series do more than the plain thing; ``generation`` never has it.
    ///
    /// An update of a marked series therefore takes the way of one whose series was removed, and there finds out which of the two it
    /// is (see Cell+Marked.swift): plain updates pay nothing for what the marked ones do.
    @usableFromInline static var mark: UInt32 { 1 << 31 }

    /// The generation that a word holds.
    @inlinable
    @inline(__always)
    static func generation(in word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) & ~mark }

    /// The words that hold addresses of exemplars: see ``ExemplarWords``.
    @inline(__always)
    var exemplarWords: CellMemory { words.advanced(by: (Int(stripeMask) &+ 1) &* stripeStride) }

    /// The words that say when exemplars may be replaced again.
    @inline(__always)
    var dueWords: CellMemory { words.advanced(by: (Int(stripeMask) &+ 2) &* stripeStride) }

    /// The generation after one: live, and below the mark however often it is counted on.
    static func next(after generation: UInt32) -> UInt32 { ((generation | 1) &+ 1) & ~mark }
}

/// What one series keeps its value in: a few words, once in every stripe.
///
/// Instruments are made of it; there is nothing to do with it by itself. It holds addresses of memory that is never freed, and no
/// reference. A cell of a series that was removed stays safe to update: the generation no longer matches, and the update is dropped.
public struct Cell: Sendable {
    @usableFromInline let place: CellPlace
    /// What all series of the family share.
    @usableFromInline let shared: SharedWords

    @inlinable
    @inline(__always)
    init(_ place: CellPlace, _ shared: SharedWords) {
        self.place = place
        self.shared = shared
    }

    /// Whether the series still is the one that this cell was made for, and updates of it do nothing but the plain thing.
    ///
    /// Relaxed: the word only says whether to update, and what it guards is atomic by itself (see Docs/CONCURRENCY.md, "Removal").
    @inlinable
    @inline(__always)
    var isCurrent: Bool {
        _fastPath(UInt32(truncatingIfNeeded: place.generationWord.loadRelaxed(0)) == place.generation)
    }

    /// The words of the stripe that the calling thread writes to.
    @inlinable
    @inline(__always)
    var stripe: CellMemory {
        place.words.advanced(by: Int(truncatingIfNeeded: Stripe.hint & place.stripeMask) &* place.stripeStride)
    }

    /// The words in the first stripe, where those are that the stripes share.
    @inlinable
    @inline(__always)
    var words: CellMemory { place.words }

    /// How many stripes there are.
    var stripeCount: Int { Int(place.stripeMask) + 1 }

    /// The words of the stripe at an index.
    func stripe(at index: Int) -> CellMemory {
        place.words.advanced(by: index * place.stripeStride)
    }

    /// Counts an update that was refused because of its amount.
    @usableFromInline
    @inline(never)
    func reject() {
        shared.countRejected()
    }
}
