import Testing

@testable import Vernier

@Suite struct ExemplarLabelsTests {
    @Test(arguments: [
        ("x", 125, true), ("x", 126, false), ("\u{1F600}", 125, true), ("\u{1F600}", 126, false),
        ("e\u{301}", 62, true), ("e\u{301}", 63, false), ("x", 10_000, false),
    ]) func `names and values together have at most 128 code points`(unit: String, count: Int, isAllowed: Bool) {
        let labels = ExemplarLabels([LabelPair("abc", String(repeating: unit, count: count))])
        #expect(labels.areAllowed == isAllowed)
    }

    @Test func `all names and values count`() {
        let long = String(repeating: "v", count: 62)
        #expect((["ab": long, "cd": long] as ExemplarLabels).areAllowed)
        #expect(!(["ab": long, "cde": long] as ExemplarLabels).areAllowed)
    }

    @Test(arguments: ["", "__a", "__"]) func `a name that no label may have is refused`(name: String) {
        #expect(!ExemplarLabels([LabelPair(name, "x")]).areAllowed)
        #expect(ExemplarLabels([LabelPair("a", name)]).areAllowed)
    }

    @Test func `a name may stand once, and there may be no label at all`() {
        #expect(!(["a": "1", "b": "2", "a": "3"] as ExemplarLabels).areAllowed)
        #expect(([:] as ExemplarLabels).areAllowed)
    }

    @Test func `labels keep their order`() {
        #expect((["z": "1", "a": "2"] as ExemplarLabels).pairs == [LabelPair("z", "1"), LabelPair("a", "2")])
    }
}
