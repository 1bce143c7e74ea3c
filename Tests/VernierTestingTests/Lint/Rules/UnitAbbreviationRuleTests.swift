import Testing
import VernierTesting

@Suite struct UnitAbbreviationRuleTests {
    @Test(arguments: [
        ("x_ms", ["ms"]), ("x_MS_y", ["ms"]), ("x_s_b", ["b", "s"]), ("_sec", ["sec"]), ("x__h", ["h"]),
        ("x_gb_", ["gb"]),
    ])
    func abbreviationsAreFoundOnceEach(name: String, units: [String]) {
        #expect(
            UnitAbbreviationRule().findings(in: family(name))
                == units.map { "the name should have the unit in full, not \"\($0)\"" })
    }

    @Test(arguments: ["ms", "ms_x", "x_secs", "x_min", "x_kib", "xms", "x_m2"])
    func otherWordsAndFirstWordsAreRight(name: String) {
        #expect(UnitAbbreviationRule().findings(in: family(name)).isEmpty)
    }
}
