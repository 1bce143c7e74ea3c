import Testing

@testable import Vernier

@Suite struct LabelValueTests {
    private static func check(_ value: some LabelValue, _ text: String) {
        #expect(value.labelText == text)
        #expect(value.labelKey == LabelKey(text))
        #expect(type(of: value).labelTexts == nil)
        #expect(value.labelIndex == 0)
    }

    @Test func `integers of all sizes show decimal digits and share the key of their text`() {
        Self.check(0, "0")
        Self.check(Int.min, "-9223372036854775808")
        Self.check(Int.max, "9223372036854775807")
        Self.check(UInt64.max, "18446744073709551615")
        Self.check(UInt.max, "18446744073709551615")
        Self.check(Int8.min, "-128")
        Self.check(UInt8.max, "255")
        Self.check(Int16(-5), "-5")
        Self.check(UInt16.max, "65535")
        Self.check(Int32.max, "2147483647")
        Self.check(UInt32.max, "4294967295")
        Self.check(Int64.min, "-9223372036854775808")
    }

    @Test func `strings and parts of strings show themselves`() {
        Self.check("", "")
        Self.check("a label of more than fifteen bytes", "a label of more than fifteen bytes")
        Self.check("key=value".dropFirst(4), "value")
    }

    @Test func `a type of one's own shows its text`() {
        struct TenantID: LabelValue {
            var number: Int
            var labelText: String { "tenant-\(number)" }
        }
        Self.check(TenantID(number: 7), "tenant-7")
    }

    @Test func `an enum of strings that is not finite shows its raw value`() {
        enum Colour: String, LabelValue { case red = "r" }
        Self.check(Colour.red, "r")
    }

    @Test func `truth has two values in order`() {
        #expect(Bool.labelTexts == ["false", "true"])
        for (index, value) in [false, true].enumerated() {
            #expect(value.labelIndex == index)
            #expect(value.labelText == Bool.labelTexts?[index])
            #expect(value.labelKey == LabelKey(value.labelText))
        }
    }
}

@Suite struct FiniteLabelTests {
    enum Plain: FiniteLabel { case first, second, third }
    enum Numbered: Int, FiniteLabel { case ten = 10, five = 5 }
    enum Single: FiniteLabel { case only }
    enum Reversed: String, FiniteLabel {
        case a, b, c
        static let allCases: [Reversed] = [.c, .b, .a]
    }
    enum Loaded: FiniteLabel {
        case number(Int)
        case none
        static let allCases: [Loaded] = [.number(1), .none]
        var labelText: String { if case .number = self { "number" } else { "none" } }
    }
    struct Wide: FiniteLabel {
        var number: UInt16
        static let allCases = [Wide(number: 0), Wide(number: 1)]
        var labelText: String { String(number) }
    }

    enum Partial: FiniteLabel {
        case first, second, hidden
        static let allCases: [Partial] = [.first, .second]
    }
    enum Same: String, FiniteLabel {
        case get, post, head
        var labelText: String { self == .get ? "read" : "other" }
    }
    struct Byte: FiniteLabel {
        var number: UInt8
        static let allCases = (0...255).map { Byte(number: $0) }
        var labelText: String { String(number) }
    }
    enum Nested: FiniteLabel {
        case truth(Bool)
        case unknown
        static let allCases: [Nested] = [.truth(false), .truth(true), .unknown]
        var labelText: String { if case .truth(let value) = self { String(value) } else { "unknown" } }
    }

    private func check<L: FiniteLabel>(_ type: L.Type, _ texts: [String]) {
        #expect(L.labelTexts == texts)
        for (index, value) in L.allCases.enumerated() {
            #expect(value.labelIndex == index)
            #expect(value.labelText == texts[index])
        }
    }

    @Test func `cases are numbered in order and show their raw text or their name`() {
        check(Plain.self, ["first", "second", "third"])
        check(Method.self, ["GET", "POST"])
        check(Numbered.self, ["ten", "five"])
        check(Single.self, ["only"])
        check(Outcome.self, ["ok", "error", "cancelled"])
        check(StreamEnd.self, ["finished", "failed", "cancelled", "broken_off"])
    }

    @Test func `a type of one byte with all its values in order is finite`() {
        check(Byte.self, (0...255).map { String($0) })
        check(Nested.self, ["false", "true", "unknown"])
    }

    @Test func `a type that leaves cases out, or gives two of them one text, is open`() {
        #expect(Partial.labelTexts == nil)
        #expect(Same.labelTexts == nil)
        let registry = Registry()
        let partial = GaugeFamily("partial", help: "P.", labels: .of(Label<Partial>("case")), registry: registry)
        partial[.hidden].set(3)
        let same = CounterFamily(
            "same", help: "S.", labels: .of(Label<Bool>("b"), Label<Same>("method")), registry: registry)
        for method in Same.allCases { same[true, method].increment() }
        #expect(registry.samples(of: "partial") == ["partial{case=\"hidden\"} 3"])
        #expect(
            registry.samples(of: "same") == [
                "same_total{b=\"true\",method=\"read\"} 1", "same_total{b=\"true\",method=\"other\"} 2",
            ])
    }

    @Test func `a state set shows states of one text once`() {
        let registry = Registry()
        let set = StateSet("method", help: "M.", initial: Same.head, registry: registry)
        #expect(registry.samples(of: "method") == ["method{method=\"read\"} 0", "method{method=\"other\"} 1"])
        set.set(.get)
        #expect(registry.samples(of: "method") == ["method{method=\"read\"} 1", "method{method=\"other\"} 0"])
    }

    @Test func `a type whose cases do not follow their numbers is open`() {
        #expect(Reversed.labelTexts == nil)
        #expect(Loaded.labelTexts == nil)
        #expect(Wide.labelTexts == nil)
    }

    @Test func `an open type still works as a label`() {
        let registry = Registry()
        let reversed = CounterFamily(
            "reversed", help: "R.", labels: .of(Label<Reversed>("letter")), registry: registry)
        reversed[.b].increment()
        reversed[.a].increment(by: 2)
        let loaded = CounterFamily("loaded", help: "L.", labels: .of(Label<Loaded>("kind")), registry: registry)
        loaded[.number(3)].increment()
        loaded[.number(4)].increment()
        loaded[.none].increment()
        #expect(
            registry.samples(of: "reversed") == ["reversed_total{letter=\"b\"} 1", "reversed_total{letter=\"a\"} 2"])
        #expect(registry.samples(of: "loaded") == ["loaded_total{kind=\"number\"} 2", "loaded_total{kind=\"none\"} 1"])
    }
}
