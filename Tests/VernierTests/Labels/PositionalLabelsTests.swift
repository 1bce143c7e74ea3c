import Testing

@testable import Vernier

@Suite struct PositionalLabelsTests {
    enum Size: String, FiniteLabel { case small, medium, large }
    enum Single: FiniteLabel { case only }

    @Test func `no labels are one series`() {
        let labels = NoLabels()
        #expect(labels.names == [])
        #expect(labels.finiteTexts.isEmpty)
        #expect(labels.index(of: ()) == 0)
        #expect(labels.texts(of: ()) == [])
        #expect(labels.key(of: (), KeySeeds()) == labels.key(of: (), KeySeeds()))
    }

    @Test func `the place of finite labels moves fastest with the last one`() {
        let one = Labels1(Label<Size>("a"))
        #expect(Size.allCases.map { one.index(of: $0) } == [0, 1, 2])
        let two = Labels2(Label<Size>("a"), Label<Bool>("b"))
        var places: [Int] = []
        for a in Size.allCases { for b in [false, true] { places.append(two.index(of: (a, b))) } }
        #expect(places == Array(0..<6))
        let three = Labels3(Label<Bool>("a"), Label<Size>("b"), Label<Method>("c"))
        places = []
        for a in [false, true] {
            for b in Size.allCases { for c in Method.allCases { places.append(three.index(of: (a, b, c))) } }
        }
        #expect(places == Array(0..<12))
        let four = Labels4(Label<Bool>("a"), Label<Single>("b"), Label<Size>("c"), Label<Method>("d"))
        places = []
        for a in [false, true] {
            for c in Size.allCases { for d in Method.allCases { places.append(four.index(of: (a, .only, c, d))) } }
        }
        #expect(places == Array(0..<12))
    }

    @Test func `names and texts come in the order of the labels`() {
        let labels = Labels4(Label<String>("a"), Label<Int>("b"), Label<Bool>("c"), Label<Size>("d"))
        #expect(labels.names == ["a", "b", "c", "d"])
        #expect(labels.texts(of: ("x", 5, true, .large)) == ["x", "5", "true", "large"])
        #expect(labels.finiteTexts == [nil, nil, ["false", "true"], ["small", "medium", "large"]])
        let three = Labels3(Label<String>("a"), Label<Int>("b"), Label<Bool>("c"))
        #expect(three.names == ["a", "b", "c"])
        #expect(three.texts(of: ("x", 5, true)) == ["x", "5", "true"])
        let two = Labels2(Label<String>("a"), Label<Int>("b"))
        #expect(two.texts(of: ("x", 5)) == ["x", "5"])
        #expect(Labels1(Label<Int>("a")).texts(of: 5) == ["5"])
    }

    @Test func `the key tells texts, their order and their borders apart`() {
        let seeds = KeySeeds()
        let two = Labels2(Label<String>("a"), Label<String>("b"))
        let pairs = [("a", "b"), ("b", "a"), ("ab", ""), ("", "ab"), ("", ""), ("a", "a"), ("b", "b")]
        #expect(Set(pairs.map { two.key(of: $0, seeds) }).count == pairs.count)
        let three = Labels3(Label<String>("a"), Label<String>("b"), Label<String>("c"))
        let triples = [("a", "b", "c"), ("c", "b", "a"), ("a", "c", "b"), ("abc", "", ""), ("", "", "abc")]
        #expect(Set(triples.map { three.key(of: $0, seeds) }).count == triples.count)
        let four = Labels4(Label<Int>("a"), Label<Int>("b"), Label<Int>("c"), Label<Int>("d"))
        let quads = [(1, 2, 3, 4), (4, 3, 2, 1), (1, 2, 4, 3), (12, 3, 4, 0), (1, 1, 1, 1)]
        #expect(Set(quads.map { four.key(of: $0, seeds) }).count == quads.count)
        #expect(two.key(of: ("a", "b"), seeds) == two.key(of: ("a", "b"), seeds))
        #expect(two.key(of: ("a", "b"), seeds) != two.key(of: ("a", "b"), KeySeeds()))
    }

    @Test func `which single labels meet in a table differs from family to family`() {
        let label = Labels1(Label<Int>("id"))
        let (first, second) = (KeySeeds(), KeySeeds())
        let home = SeriesIndex.home(label.key(of: 0, first).hash) & 0xff
        let meeting = (0..<20_000).filter { SeriesIndex.home(label.key(of: $0, first).hash) & 0xff == home }
        #expect(meeting.count > 20)
        let homes = Set(meeting.map { SeriesIndex.home(label.key(of: $0, second).hash) & 0xff })
        #expect(homes.count > 10)
    }

    /// Ways in which the texts of many series resemble each other.
    enum Texts: CaseIterable {
        case numbers, prefix, suffix, padded, firstWord, secondWord, grid, both, opposite

        func labels(_ number: Int) -> (String, String) {
            func padded(_ count: Int) -> String {
                String(repeating: "0", count: count - String(number).utf8.count) + String(number)
            }
            return switch self {
            case .numbers: ("\(number)", "")
            case .prefix: ("client-\(number)", "/")
            case .suffix: ("\(number)-client", "/")
            case .padded: (padded(12), "GET")
            case .firstWord: (padded(8) + "zone-a", "GET")
            case .secondWord: ("zone-abc" + padded(7), "GET")
            case .grid: ("\(number % 200)", "\(number / 200)")
            case .both: ("a\(number)", "b\(number)")
            case .opposite: ("\(number)", "\(50_000 - number)")
            }
        }
    }

    @Test(arguments: Texts.allCases)
    func `series whose texts resemble each other have different keys and spread over a table`(texts: Texts) {
        let labels = Labels2(Label<String>("a"), Label<String>("b"))
        let single = Labels1(Label<String>("a"))
        for isSingle in [false, true] where !isSingle || texts != .grid {
            let seeds = KeySeeds()
            var keys: Set<SeriesKey> = []
            var places: Set<UInt32> = []
            var tagged: Set<UInt32> = []
            for number in 0..<40_000 {
                let values = texts.labels(number)
                let key = isSingle ? single.key(of: values.0, seeds) : labels.key(of: values, seeds)
                keys.insert(key)
                places.insert(SeriesIndex.home(key.hash) & 0xffff)
                tagged.insert(SeriesIndex.home(key.hash) & 0xffff | SeriesIndex.tag(key.hash))
            }
            #expect(keys.count == 40_000)
            // 40,000 balls in 65,536 bins take about 29,900 of them, in 256 times as many all but about 50 a bin of their own.
            #expect(places.count > 28_000)
            #expect(tagged.count > 39_700)
        }
    }

    @Test func `families of one to four labels show all series of finite labels at once`() {
        let registry = Registry()
        let one = CounterFamily("one", help: "1.", labels: .of(Label<Method>("a")), registry: registry)
        let two = CounterFamily(
            "two", help: "2.", labels: .of(Label<Method>("a"), Label<Bool>("b")), registry: registry)
        let three = CounterFamily(
            "three", help: "3.", labels: .of(Label<Method>("a"), Label<Bool>("b"), Label<Size>("c")), registry: registry
        )
        let four = CounterFamily(
            "four", help: "4.", labels: .of(Label<Method>("a"), Label<Bool>("b"), Label<Size>("c"), Label<Single>("d")),
            registry: registry)
        one[.post].increment()
        two[.post, false].increment(by: 2)
        three[.get, true, .medium].increment(by: 3)
        four[.post, true, .large, .only].increment(by: 4)
        #expect(registry.samples(of: "one") == ["one_total{a=\"GET\"} 0", "one_total{a=\"POST\"} 1"])
        #expect(
            registry.samples(of: "two") == [
                "two_total{a=\"GET\",b=\"false\"} 0", "two_total{a=\"GET\",b=\"true\"} 0",
                "two_total{a=\"POST\",b=\"false\"} 2", "two_total{a=\"POST\",b=\"true\"} 0",
            ])
        let threes = registry.samples(of: "three")
        #expect(threes.count == 12)
        #expect(threes.filter { !$0.hasSuffix(" 0") } == ["three_total{a=\"GET\",b=\"true\",c=\"medium\"} 3"])
        let fours = registry.samples(of: "four")
        #expect(fours.count == 12)
        #expect(fours.last == "four_total{a=\"POST\",b=\"true\",c=\"large\",d=\"only\"} 4")
    }

    @Test func `families of one to four open labels show the series that were asked for`() {
        let registry = Registry()
        let one = CounterFamily("one", help: "1.", labels: .of(Label<String>("a")), registry: registry)
        let two = CounterFamily(
            "two", help: "2.", labels: .of(Label<Method>("a"), Label<Int>("b")), registry: registry)
        let three = CounterFamily(
            "three", help: "3.", labels: .of(Label<String>("a"), Label<Bool>("b"), Label<Int>("c")), registry: registry)
        let four = CounterFamily(
            "four", help: "4.", labels: .of(Label<Int>("a"), Label<Int>("b"), Label<Int>("c"), Label<Int>("d")),
            registry: registry)
        for _ in 0..<2 {
            one["x"].increment()
            two[.get, 200].increment()
            three["y", true, -1].increment()
            four[1, 2, 3, 4].increment()
        }
        #expect(
            registry.samples(of: "one", "two", "three", "four") == [
                "four_total{a=\"1\",b=\"2\",c=\"3\",d=\"4\"} 2", "one_total{a=\"x\"} 2",
                "three_total{a=\"y\",b=\"true\",c=\"-1\"} 2", "two_total{a=\"GET\",b=\"200\"} 2",
            ])
    }
}
