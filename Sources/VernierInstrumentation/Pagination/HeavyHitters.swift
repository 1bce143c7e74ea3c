/// The most frequent elements of a stream, in bounded memory: the algorithm Space-Saving.
///
/// ```swift
/// var pages = HeavyHitters<Int>(capacity: 100)
/// for page in requests { pages.add(page) }
/// print(HeavyHitters.first(10, of: pages.copy()))
/// ```
///
/// It keeps as many counters as its capacity *m* says. An element that has none takes over the lowest one and its count. After *n* elements
/// - a count is never too low, and too high by its `error` at most, which is at most *n / m*;
/// - every element that came more than *n / m* times has a counter.
///
/// Metwally, Agrawal, El Abbadi: "Efficient Computation of Frequent and Top-k Elements in Data Streams" (ICDT 2005), lemmas 3.3 and 3.4,
/// theorem 3.5. The counters lie in a binary heap instead of the paper's list of buckets.
struct HeavyHitters<Element: Hashable> {
    /// An element that has a counter.
    struct Hit {
        let element: Element
        /// How often it came, at most.
        var count: UInt64
        /// By how much the count may be too high.
        var error: UInt64
    }

    let capacity: Int
    /// How many elements there were.
    private(set) var total: UInt64 = 0
    /// A heap: no hit has a lower count than the one at half its index.
    private var hits: [Hit] = []
    private var places: [Element: Int] = [:]

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        hits.reserveCapacity(self.capacity)
        places.reserveCapacity(self.capacity)
    }

    /// Counts an element.
    ///
    /// - Complexity: logarithmic in the capacity, mostly constant; no allocation.
    mutating func add(_ element: Element) {
        total += 1
        if let place = places[element] {
            hits[place].count += 1
            sink(from: place)
        } else if hits.count < capacity {
            hits.append(Hit(element: element, count: 1, error: 0))
            places[element] = hits.count - 1
            rise(from: hits.count - 1)
        } else {
            let lowest = hits[0]
            places[lowest.element] = nil
            hits[0] = Hit(element: element, count: lowest.count + 1, error: lowest.count)
            places[element] = 0
            sink(from: 0)
        }
    }

    /// All elements that have a counter, in no order, in memory of their own: counting goes on in place while somebody holds them.
    func copy() -> [Hit] { hits.map { $0 } }

    private mutating func sink(from start: Int) {
        var place = start
        while true {
            let (left, right) = (2 * place + 1, 2 * place + 2)
            guard left < hits.count else { return }
            let lower = right < hits.count && hits[right].count < hits[left].count ? right : left
            guard hits[lower].count < hits[place].count else { return }
            swap(place, lower)
            place = lower
        }
    }

    private mutating func rise(from start: Int) {
        var place = start
        while place > 0, hits[place].count < hits[(place - 1) / 2].count {
            swap(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private mutating func swap(_ a: Int, _ b: Int) {
        hits.swapAt(a, b)
        places[hits[a].element] = a
        places[hits[b].element] = b
    }
}

extension HeavyHitters {
    /// The hits with the highest counts, the highest first; of equal ones those that are surer.
    static func first(_ count: Int, of hits: [Hit]) -> [Hit] {
        Array(hits.sorted { ($0.count, $1.error) > ($1.count, $0.error) }.prefix(max(0, count)))
    }
}
