/// The last elements of a stream, as many as the capacity says.
struct Ring<Element> {
    let capacity: Int
    private(set) var elements: [Element] = []
    private var next = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
        elements.reserveCapacity(self.capacity)
    }

    /// Puts an element in, in place of the oldest when there is no room.
    ///
    /// - Complexity: constant; no allocation.
    mutating func append(_ element: Element) {
        if elements.count < capacity {
            elements.append(element)
        } else {
            elements[next] = element
        }
        next = next + 1 == capacity ? 0 : next + 1
    }

    /// The elements in no order, in memory of their own: the ring goes on in place while somebody holds them.
    func copy() -> [Element] { elements.map { $0 } }
}
