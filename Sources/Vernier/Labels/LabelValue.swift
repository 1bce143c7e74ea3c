/// A type whose values can stand as the value of a label: a `String`, an integer, a `Bool`, an enum, or your own.
///
/// ```swift
/// struct TenantID: LabelValue {
///     var number: Int
///     var labelText: String { "tenant-\(number)" }
/// }
/// ```
public protocol LabelValue: Sendable {
    /// The text that the label shows. Two values with the same text are the same series.
    var labelText: String { get }

    /// What a lookup compares; by default made from `labelText`.
    var labelKey: LabelKey { get }

    /// The texts of all values, in the order of ``labelIndex``, when there are only so many; `nil` for an open type.
    static var labelTexts: [String]? { get }

    /// The place of the value among `labelTexts`; 0 for an open type.
    var labelIndex: Int { get }
}

extension LabelValue {
    /// The key of the text.
    @inlinable
    public var labelKey: LabelKey { LabelKey(labelText) }

    /// `nil`: any text may come.
    public static var labelTexts: [String]? { nil }

    /// 0: an open type has no order.
    @inlinable
    public var labelIndex: Int { 0 }
}

extension String: LabelValue {
    /// The string itself.
    @inlinable
    public var labelText: String { self }
    /// The key of the string.
    @inlinable
    public var labelKey: LabelKey {
        @inline(__always) get { LabelKey(self) }
    }
}

extension Substring: LabelValue {
    /// The substring as a string.
    public var labelText: String { String(self) }
}

extension Bool: LabelValue {
    /// `true` or `false`.
    @inlinable
    public var labelText: String { self ? "true" : "false" }
    /// Both texts.
    public static var labelTexts: [String]? { ["false", "true"] }
    /// 0 for `false`, 1 for `true`.
    @inlinable
    public var labelIndex: Int { self ? 1 : 0 }
}

extension LabelValue where Self: BinaryInteger {
    /// The integer in decimal digits.
    public var labelText: String { String(self) }
    /// The key of the digits.
    @inlinable
    public var labelKey: LabelKey {
        if let small = Int(exactly: self) { LabelKey(decimal: small) } else { LabelKey(labelText) }
    }
}

extension Int: LabelValue {}
extension Int8: LabelValue {}
extension Int16: LabelValue {}
extension Int32: LabelValue {}
extension Int64: LabelValue {}
extension UInt: LabelValue {}
extension UInt8: LabelValue {}
extension UInt16: LabelValue {}
extension UInt32: LabelValue {}
extension UInt64: LabelValue {}

extension LabelValue where Self: RawRepresentable, RawValue == String {
    /// The raw value.
    @inlinable
    public var labelText: String { rawValue }
}

/// A label type with a fixed, small set of values, usually an enum: all its series exist from the start, and access is arithmetic.
///
/// ```swift
/// enum Method: String, FiniteLabel { case get = "GET", post = "POST" }
/// ```
public protocol FiniteLabel: LabelValue, CaseIterable {}

extension FiniteLabel {
    /// The name of the case.
    public var labelText: String { String(describing: self) }

    /// The texts of all cases; `nil`, which makes the type an open one, when `allCases` leaves some out or has another order than
    /// the declaration, or when two cases have the same text.
    public static var labelTexts: [String]? {
        let cases = Array(allCases)
        guard CaseTag.count(of: Self.self) == cases.count else { return nil }
        for (index, value) in cases.enumerated() where CaseTag.index(of: value) != index { return nil }
        let texts = cases.map(\.labelText)
        return Set(texts).count == texts.count ? texts : nil
    }

    /// The place of the case in the order of declaration: no search, no call.
    @inlinable
    @inline(__always)
    public var labelIndex: Int { CaseTag.index(of: self) }
}

extension FiniteLabel where Self: RawRepresentable, RawValue == String {
    /// The raw value.
    @inlinable
    public var labelText: String { rawValue }
}

/// The number that tells the cases of an enum without payload apart.
@usableFromInline
enum CaseTag {
    /// The tag of a value of at most one byte; -1 for a larger type.
    ///
    /// Whether tags follow `allCases` is checked where a family is made: a type that does not is treated as an open one.
    @inlinable
    @inline(__always)
    static func index<Value>(of value: Value) -> Int {
        if MemoryLayout<Value>.size == 0 { return 0 }
        guard MemoryLayout<Value>.size == 1 else { return -1 }
        // SAFETY: the sizes are equal, one byte, of which any bits are an integer's.
        return Int(unsafe unsafeBitCast(value, to: UInt8.self))
    }

    /// How many tags the type has, if all from zero on are taken; -1 for a larger type.
    ///
    /// The first byte that is no value of the type is what its `Optional` is `nil` by; where there is none, all 256 are taken.
    static func count<Value>(of type: Value.Type) -> Int {
        if MemoryLayout<Value>.size == 0 { return 1 }
        guard MemoryLayout<Value>.size == 1 else { return -1 }
        guard MemoryLayout<Value?>.size == 1 else { return 256 }
        // SAFETY: the sizes are equal, one byte, of which any bits are an integer's.
        return Int(unsafe unsafeBitCast(Value?.none, to: UInt8.self))
    }
}
