import Testing
import VernierTesting

@Suite struct BaseUnitRuleTests {
    @Test(arguments: [
        ("wait_milliseconds", "milliseconds", "seconds"), ("wait_minutes", "minutes", "seconds"),
        ("kilobytes_sent", "kilobytes", "bytes"), ("sent_bits", "bits", "bytes"),
        ("sent_gigabits", "gigabits", "bytes"),
        ("way_kilometers", "kilometers", "meters"), ("way_kilometres", "kilometres", "metres"),
        ("way_miles_driven", "miles", "meters"), ("oven_fahrenheit", "fahrenheit", "celsius"),
        ("size_mibibytes", "mibibytes", "bytes"), ("kilobytes_per_seconds", "kilobytes", "bytes"),
        ("load_kilograms", "kilograms", "grams"), ("oven_kelvins", "kelvins", "kelvin"),
    ])
    func aUnitThatIsNoBaseUnitIsFound(name: String, unit: String, base: String) {
        #expect(
            BaseUnitRule().findings(in: family(name)) == ["\"\(unit)\" is not a base unit: use \"\(base)\""])
    }

    @Test(arguments: [
        "wait_seconds", "bytes", "thermometers", "size_mebibytes", "size_Kilobytes", "way_metres", "second", "kilo",
        "bytes_per_minutes", "wait", "milli_seconds_ratio",
    ])
    func baseUnitsAndOtherWordsAreRight(name: String) {
        #expect(BaseUnitRule().findings(in: family(name)).isEmpty)
    }
}
