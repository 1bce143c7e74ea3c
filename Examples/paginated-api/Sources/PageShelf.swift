import ExampleSupport
import Synchronization

/// Pages that were asked for, or that will be asked for soon.
final class PageShelf: Sendable {
    struct Copy: Sendable {
        var page: Page
        /// Brought before anybody asked, and not asked for yet.
        var isPrefetched: Bool
    }

    /// What storing a page did.
    struct Change: Sendable {
        /// Another page had to go.
        var hasEvicted = false
        /// A page that was brought ahead has turned out to be of no use.
        var hasWasted = false
        /// What is there now.
        var bytes: Int
        var count: Int
    }

    private struct State {
        var copies: LeastRecentlyUsed<PageKey, Copy>
        var bytes = 0
        /// Pages that are being fetched ahead of time.
        var coming: Set<PageKey> = []

        var change: Change { Change(bytes: bytes, count: copies.count) }
    }

    private let state: Mutex<State>

    /// Makes an empty shelf for so many pages.
    init(capacity: Int) { state = Mutex(State(copies: LeastRecentlyUsed(capacity: capacity))) }

    /// The page, and whether this is the first time that somebody takes what was brought ahead.
    func take(_ key: PageKey) -> Copy? {
        state.withLock { state in
            guard let copy = state.copies.value(for: key) else { return nil }
            if copy.isPrefetched { state.copies.store(Copy(page: copy.page, isPrefetched: false), for: key) }
            return copy
        }
    }

    /// Stores a page that somebody has asked for.
    func store(_ page: Page, for key: PageKey) -> Change {
        state.withLock { Self.put(Copy(page: page, isPrefetched: false), for: key, in: &$0) }
    }

    /// Whether to fetch a page ahead of time: it is not here, not on its way, and not too many others are.
    ///
    /// Whoever gets `true` tells the end with ``arrive(_:for:)``.
    func expect(_ key: PageKey) -> Bool {
        state.withLock { state in
            guard !state.copies.contains(key), state.coming.count < 8 else { return false }
            return state.coming.insert(key).inserted
        }
    }

    /// A page that was fetched ahead is there, or nil if it cannot come.
    ///
    /// It is of no use when somebody asked for it in the meantime.
    func arrive(_ page: Page?, for key: PageKey) -> Change {
        state.withLock { state in
            state.coming.remove(key)
            guard let page else { return state.change }
            if state.copies.contains(key) {
                var change = state.change
                change.hasWasted = true
                return change
            }
            return Self.put(Copy(page: page, isPrefetched: true), for: key, in: &state)
        }
    }

    private static func put(_ copy: Copy, for key: PageKey, in state: inout State) -> Change {
        // Another request may have stored the same page, or it was brought ahead for one that looked too early: its bytes are counted once.
        let replaced = state.copies.remove(key)
        state.bytes += copy.page.bytes - (replaced?.page.bytes ?? 0)
        let evicted = state.copies.store(copy, for: key)?.value
        state.bytes -= evicted?.page.bytes ?? 0
        var change = state.change
        change.hasEvicted = evicted != nil
        // Where one was replaced, none had to go.
        change.hasWasted = (replaced ?? evicted)?.isPrefetched == true
        return change
    }
}
