public import Vernier

/// A page that is asked for: where it begins and how many items it has at most.
public enum PageRequest: Sendable, Hashable {
    /// The items from an offset on, as `LIMIT 20 OFFSET 40`.
    case offset(Int, size: Int)
    /// The items that follow a cursor, which is opaque.
    case cursor(size: Int)

    /// How many items the page has at most; a negative size counts as none.
    public var size: Int {
        switch self {
        case .offset(_, let size), .cursor(let size): max(0, size)
        }
    }

    /// How pages are told apart.
    public var kind: PaginationKind {
        switch self {
        case .offset: .offset
        case .cursor: .cursor
        }
    }

    /// Which page it is, counted from 0; `nil` for a cursor, which does not say.
    public var number: Int? {
        switch self {
        case .offset(let offset, let size): max(0, offset) / max(1, size)
        case .cursor: nil
        }
    }
}

/// How pages are told apart.
public enum PaginationKind: String, FiniteLabel {
    /// By the number of items before them.
    case offset
    /// By an opaque mark that the page before ended with.
    case cursor
}

/// How large a page is, as a label.
public enum PageSizeRange: String, FiniteLabel {
    /// At most 10 items.
    case upTo10 = "0-10"
    /// 11 to 25 items.
    case upTo25 = "11-25"
    /// 26 to 50 items.
    case upTo50 = "26-50"
    /// 51 to 100 items.
    case upTo100 = "51-100"
    /// 101 to 500 items.
    case upTo500 = "101-500"
    /// More than 500 items.
    case more = "501+"

    /// The range of a size.
    public init(_ size: Int) {
        self =
            switch size {
            case ...10: .upTo10
            case ...25: .upTo25
            case ...50: .upTo50
            case ...100: .upTo100
            case ...500: .upTo500
            default: .more
            }
    }
}

/// How deep an offset is, as a label.
public enum OffsetRange: String, FiniteLabel {
    /// The beginning.
    case none = "0"
    /// 1 to 99 items before the page.
    case upTo99 = "1-99"
    /// 100 to 999 items before the page.
    case upTo999 = "100-999"
    /// 1,000 to 9,999 items before the page.
    case upTo9999 = "1000-9999"
    /// 10,000 to 99,999 items before the page.
    case upTo99999 = "10000-99999"
    /// 100,000 items or more before the page.
    case more = "100000+"

    /// The range of an offset.
    public init(_ offset: Int) {
        self =
            switch offset {
            case ...0: .none
            case ...99: .upTo99
            case ...999: .upTo999
            case ...9999: .upTo9999
            case ...99999: .upTo99999
            default: .more
            }
    }
}
