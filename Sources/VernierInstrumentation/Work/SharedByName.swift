import Vernier

/// What the sets with the same name and registry share, as they share their families.
///
/// It keeps neither alive: whoever uses a set, and the collector that its registry has, do.
final class SharedByName<Shared: AnyObject & Sendable>: Sendable {
    private struct Key: Hashable {
        let registry: ObjectIdentifier
        let name: String
    }

    private struct Entry {
        /// Whose it is: another registry may come to be where one was.
        weak var registry: Registry?
        weak var shared: Shared?
    }

    private let entries = Lock<[Key: Entry]>([:])

    /// Finds what belongs to a name and a registry, or makes it.
    ///
    /// - Returns: what is shared, and whether it was made now.
    /// - Complexity: linear in the number of sets that are there; it is called when a set is declared.
    func find(_ name: String, of registry: Registry, _ make: () -> Shared) -> (shared: Shared, isNew: Bool) {
        let key = Key(registry: ObjectIdentifier(registry), name: name)
        return entries.withLock { entries in
            if let entry = entries[key], entry.registry === registry, let shared = entry.shared {
                return (shared, false)
            }
            let shared = make()
            entries = entries.filter { $0.value.registry != nil && $0.value.shared != nil }
            entries[key] = Entry(registry: registry, shared: shared)
            return (shared, true)
        }
    }
}
