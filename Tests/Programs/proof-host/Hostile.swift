/// Texts that formats, parsers and escapes stumble over.
enum Hostile {
    /// Each beside a short name of it.
    static let texts: [(name: String, text: String)] = [
        ("plain", "plain"),
        ("empty", ""),
        ("space", " leading and trailing "),
        ("quotes", "\"quoted\" and \"\""),
        ("backslashes", "C:\\new\\\\table\\"),
        ("escapes", "\\n is not a line feed, \\\" is not a quote, \\\\"),
        ("newlines", "first\nsecond\n\n"),
        ("nul", "a\u{0}b"),
        ("carriage return", "a\rb\r\nc"),
        ("escape", "\u{1B}[31mred\u{1B}[0m"),
        ("delete", "a\u{7F}b"),
        ("controls", String(String.UnicodeScalarView((1..<32).compactMap { Unicode.Scalar($0) }))),
        ("separators", "a\u{85}b\u{2028}c\u{2029}d\u{A0}e\u{FEFF}f"),
        ("emoji", "👩🏽‍🚀🇪🇺❤️"),
        ("combining", "e\u{301}\u{323} Z\u{351}\u{36B}\u{343}a\u{310}lgo"),
        ("precomposed", "\u{E9}"),
        ("decomposed", "e\u{301}"),
        ("right to left", "\u{202E}abc\u{202C} שלום"),
        ("highest", "\u{10FFFF}\u{E000}\u{FFFD}"),
        ("exposition", "} 1\n# EOF\nfake_total{x=\"y\"} 2"),
        ("braces", "{a=\"b\",c='d'}, # {} 1.0"),
        ("template", "{{ $labels.x }} ${x} %s %n $(x) <script>&amp;"),
        ("fifteen bytes", "123456789012345"),
        ("sixteen bytes", "1234567890123456"),
        ("long", long(10_000)),
        ("long and quoted", String(repeating: "\"\\\n", count: 3_334)),
    ]

    /// One text with a bit of everything.
    static let everything = "\"q\" \\ \n \t \u{0}\u{1B}\u{7F}\r 👩🏽‍🚀 e\u{301} \u{202E}"

    /// A text of so many bytes.
    static func long(_ count: Int) -> String {
        String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
    }
}

/// Numbers at the edges of what a `Double` holds, beside a name.
enum Extreme {
    /// Any that a gauge may have.
    static let numbers: [(name: String, value: Double)] =
        finite + [
            ("negative zero", -0.0), ("minus one", -1), ("minus a third", -1.0 / 3),
            ("least finite", -.greatestFiniteMagnitude),
            ("not a number", .nan), ("infinity", .infinity), ("minus infinity", -.infinity),
        ]

    /// Those that are finite and not below zero.
    static let finite: [(name: String, value: Double)] = [
        ("zero", 0), ("smallest subnormal", .leastNonzeroMagnitude),
        ("largest subnormal", .leastNormalMagnitude.nextDown),
        ("smallest normal", .leastNormalMagnitude), ("1e-5", 1e-5), ("0.0001", 0.0001), ("a tenth", 0.1),
        ("a third", 1.0 / 3), ("0.1 + 0.2", 0.1 + 0.2), ("below one", 1.0.nextDown), ("one", 1),
        ("above one", 1.0.nextUp),
        ("999999", 999_999), ("1e6", 1e6), ("123456789.5", 123_456_789.5), ("2^53 - 1", 9_007_199_254_740_991),
        ("2^53", 9_007_199_254_740_992), ("2^53 + 2", 9_007_199_254_740_994), ("2^63", 9_223_372_036_854_775_808),
        ("1e21", 1e21), ("1e22", 1e22), ("5e-324 times 2^20", 0x1p-1054), ("1e308", 1e308),
        ("greatest", .greatestFiniteMagnitude),
    ]
}
