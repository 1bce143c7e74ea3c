extension ExpositionParser {
    /// What a page may need before it is refused: the parser's memory stays within a small multiple of these.
    public struct Limits: Sendable, Hashable {
        /// The longest line, in bytes.
        public var lineBytes = 1 << 20
        /// The most labels that a sample or an exemplar may have.
        public var labelsPerSample = 256
        /// All lines of one family together, in bytes: a family is in memory until its last line was read.
        public var familyBytes = 1 << 28
        /// The most families: the parser keeps the names of all to notice one that comes again.
        public var families = 1 << 20
        /// The names of all families together, in bytes.
        public var nameBytes = 1 << 27

        /// Makes limits that no page of one process comes near.
        public init() {}
    }
}
