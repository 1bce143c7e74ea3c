import Testing

@testable import Vernier

@Suite struct FamilyDescriptorTests {
    static let names: [(String, MetricType, MetricUnit?, String?, String)] = [
        ("hits", .counter, nil, nil, "hits"), ("hits_total", .counter, nil, nil, "hits"),
        ("sent", .counter, .bytes, nil, "sent_bytes"), ("sent_bytes_total", .counter, .bytes, nil, "sent_bytes"),
        ("sent_total", .counter, .bytes, "app", "app_sent_bytes"), ("hits_total", .gauge, nil, nil, "hits_total"),
        ("build_info", .info, nil, nil, "build"), ("build", .info, nil, "app", "app_build"),
        ("build_info", .gauge, nil, nil, "build_info"), ("time_seconds", .histogram, .seconds, nil, "time_seconds"),
        ("time", .summary, .seconds, nil, "time_seconds"),
        ("kiloseconds", .gauge, .seconds, nil, "kiloseconds_seconds"),
        ("energy", .gauge, "joules", nil, "energy_joules"), ("a:b", .gauge, nil, "c:d", "c:d_a:b"),
    ]

    @Test(arguments: names)
    func `a full name has prefix and unit and no suffix`(
        name: String, type: MetricType, unit: MetricUnit?, prefix: String?, full: String
    ) throws {
        let descriptor = try FamilyDescriptor(name, type: type, unit: unit, help: "", prefix: prefix)
        #expect(descriptor.name == full)
        #expect(descriptor.unit == unit?.name ?? "")
    }

    static let claims: [(MetricType, [String])] = [
        (.counter, ["x", "x_total", "x_created"]), (.gauge, ["x"]), (.unknown, ["x"]), (.stateSet, ["x"]),
        (.info, ["x", "x_info"]), (.histogram, ["x", "x_bucket", "x_count", "x_sum", "x_created"]),
        (.summary, ["x", "x_count", "x_sum", "x_created"]),
        // In the text formats it is a histogram.
        (.gaugeHistogram, ["x", "x_bucket", "x_gcount", "x_gsum", "x_count", "x_sum"]),
    ]

    @Test(arguments: claims)
    func `a family takes the names of all its samples`(type: MetricType, names: [String]) throws {
        let descriptor = try FamilyDescriptor("x", type: type, unit: nil, help: "")
        #expect(descriptor.claimedNames == names)
        for name in names { #expect(descriptor.isWanted(in: [name, "other"])) }
        #expect(descriptor.isWanted(in: nil))
        #expect(!descriptor.isWanted(in: []))
        #expect(!descriptor.isWanted(in: ["x_other", "y"]))
    }

    @Test func `a family with any characters takes its names under all schemes`() throws {
        let counter = try FamilyDescriptor("a.x", type: .counter, unit: nil, help: "")
        #expect(
            counter.claimedNames == [
                "a.x", "a.x_total", "a.x_created", "a_x", "a_x_total", "a_x_created", "a_dot_x_", "a_dot_x__total",
                "a_dot_x__created", "U__a_2e_x_", "U__a_2e_x__total", "U__a_2e_x__created",
            ])
        #expect(counter.isWanted(in: ["a_x_total"]) && !counter.isWanted(in: ["a_x_sum"]))
        let histogram = try FamilyDescriptor("a.x", type: .gaugeHistogram, unit: nil, help: "")
        #expect(histogram.writtenName(.values) == "U__a_2e_x")
        #expect(histogram.claimedNames.contains("U__a_2e_x_gcount"))
        let info = try FamilyDescriptor("a.x", type: .info, unit: nil, help: "")
        #expect(info.writtenName(.dots) == "a_dot_x_")
        #expect(info.claimedNames.contains("a_dot_x__info"))
    }

    @Test(arguments: ["", "_total"])
    func `a name that is not allowed is refused`(name: String) {
        let error = #expect(throws: RegistrationError.self) {
            try FamilyDescriptor(name, type: .counter, unit: nil, help: "H.")
        }
        #expect(error?.reason == .invalid)
        #expect(error?.description.hasSuffix("..") == false)
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test(arguments: ["", "__name__", "__", "..a", "-name-"])
    func `a label name that is not allowed is refused, a constant one as well`(label: String) {
        for isConstant in [false, true] {
            let error = #expect(throws: RegistrationError.self) {
                try FamilyDescriptor(
                    "x", type: .gauge, unit: nil, help: "H.", labelNames: isConstant ? [] : [label],
                    constantLabels: isConstant ? [LabelPair(label, "v")] : [])
            }
            #expect(error?.reason == .invalid)
        }
    }

    @Test(
        arguments: [(["a", "a"], []), (["a", "b", "a"], []), (["a"], ["a"]), ([], ["b", "b"])] as [([String], [String])]
    )
    func `a label name stands once`(labels: [String], constant: [String]) {
        let error = #expect(throws: RegistrationError.self) {
            try FamilyDescriptor(
                "x", type: .gauge, unit: nil, help: "", labelNames: labels,
                constantLabels: constant.map { LabelPair($0, "v") })
        }
        #expect(error?.description.contains("stands twice") == true)
    }

    @Test(arguments: [
        (MetricType.histogram, "le", true), (.summary, "quantile", true), (.stateSet, "x", true),
        (.histogram, "quantile", false),
        (.summary, "le", false), (.gauge, "le", false), (.counter, "x", false), (.info, "le", false),
    ]) func `a type keeps the label that it writes itself`(type: MetricType, label: String, isReserved: Bool) {
        let descriptor = Result { try FamilyDescriptor("x", type: type, unit: nil, help: "", labelNames: [label]) }
        let constant = Result {
            try FamilyDescriptor("x", type: type, unit: nil, help: "", constantLabels: [LabelPair(label, "1")])
        }
        for result in [descriptor, constant] {
            switch result {
            case .success: #expect(!isReserved)
            case .failure(let error): #expect(isReserved && "\(error)".contains("is reserved"))
            }
        }
    }

    @Test(arguments: [MetricType.info, .stateSet]) func `facts and states have no unit`(type: MetricType) {
        let error = #expect(throws: RegistrationError.self) {
            try FamilyDescriptor("x", type: type, unit: .seconds, help: "")
        }
        #expect(error?.description.contains("has no unit") == true)
    }

    @Test func `a description has all that matters`() throws {
        let plain = try FamilyDescriptor("x", type: .counter, unit: nil, help: "Help.")
        #expect(plain.description == #"counter "x" without labels, help "Help.""#)
        let full = try FamilyDescriptor(
            "x", type: .histogram, unit: .bytes, help: "H.", labelNames: ["a", "b"],
            constantLabels: [LabelPair("c", "1")],
            shape: "bounds [1.0]", prefix: "app")
        #expect(
            full.description
                == #"histogram "app_x_bytes" in bytes with labels (a, b, c="1") and bounds [1.0], help "H.""#)
    }

    @Test func `whatever it holds, a description is one line in which quotes are quotes`() throws {
        let text = "a\" b\\\nvernier: forged\u{2028}\u{1b}[2J"
        let family = try FamilyDescriptor(
            text, type: .gauge, unit: nil, help: text, labelNames: [text], constantLabels: [LabelPair("c", text)])
        let quoted = MetricName.quoted(text)
        #expect(
            family.description == "gauge \(quoted) with labels (\(quoted), c=\(quoted)), help \(quoted)")
        let other = try FamilyDescriptor(text, type: .counter, unit: nil, help: "")
        let messages = [
            RegistrationError.clash(family, with: other), .suffixClash(family, with: other, over: text),
            .repeated(family),
        ]
        for message in messages {
            #expect(!message.description.contains { $0.isNewline || $0 == "\u{1b}" }, "\(message)")
        }
        let error = #expect(throws: RegistrationError.self) {
            try FamilyDescriptor("x", type: .gauge, unit: nil, help: "", labelNames: [text, text])
        }
        #expect(error?.description.contains("\n") == false)
        // What needs no quotes is whole, however long.
        let long = String(repeating: "name.", count: 100)
        #expect(try FamilyDescriptor(long, type: .gauge, unit: nil, help: "").description.contains("\"\(long)\""))
    }

    @Test func `every unit has a name of its own`() {
        let units: [MetricUnit] = [.seconds, .bytes, .ratio, .celsius, .meters, .volts, .amperes, .joules, .grams]
        #expect(
            units.map(\.name) == [
                "seconds", "bytes", "ratio", "celsius", "meters", "volts", "amperes", "joules", "grams",
            ])
        #expect(MetricUnit(stringLiteral: "bytes") == .bytes)
    }
}
