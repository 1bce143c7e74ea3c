/// A dictionary that holds so many entries at most and lets go of that which was not used for the longest time.
///
/// Each operation takes constant time. It has no lock: whoever shares it guards it.
package struct LeastRecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        let key: Key
        var value: Value
        var newer: Int?
        var older: Int?
    }

    private let capacity: Int
    /// Entries at places that stay theirs; what goes leaves its place to the next.
    private var entries: [Entry] = []
    private var free: [Int] = []
    private var places: [Key: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    /// Makes an empty one for at least one entry.
    package init(capacity: Int) { self.capacity = max(capacity, 1) }

    /// How many entries there are.
    package var count: Int { places.count }

    /// The value of a key, which thereby counts as used now.
    package mutating func value(for key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        unlink(place)
        link(place)
        return entries[place].value
    }

    /// Whether there is an entry; that does not count as a use.
    package func contains(_ key: Key) -> Bool { places[key] != nil }

    /// Stores a value, and returns the entry that had to go for it.
    @discardableResult
    package mutating func store(_ value: Value, for key: Key) -> (key: Key, value: Value)? {
        if let place = places[key] {
            entries[place].value = value
            unlink(place)
            link(place)
            return nil
        }
        var evicted: Entry?
        if count == capacity, let place = oldest {
            evicted = entries[place]
            drop(place)
        }
        let entry = Entry(key: key, value: value)
        let place = free.popLast() ?? entries.count
        if place < entries.count { entries[place] = entry } else { entries.append(entry) }
        places[key] = place
        link(place)
        return evicted.map { ($0.key, $0.value) }
    }

    /// Takes an entry out.
    package mutating func remove(_ key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        drop(place)
        return entries[place].value
    }

    private mutating func drop(_ place: Int) {
        unlink(place)
        places[entries[place].key] = nil
        free.append(place)
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (entries[place].newer, entries[place].older)
        if let newer { entries[newer].older = older } else { newest = older }
        if let older { entries[older].newer = newer } else { oldest = newer }
    }

    private mutating func link(_ place: Int) {
        entries[place].newer = nil
        entries[place].older = newest
        if let newest { entries[newest].newer = place } else { oldest = place }
        newest = place
    }
}
