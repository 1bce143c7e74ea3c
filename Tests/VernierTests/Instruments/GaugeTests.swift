import Testing

@testable import Vernier

@Suite struct GaugeTests {
    @Test(arguments: [
        (0.0, "0"), (-0.0, "-0"), (21.5, "21.5"), (-3, "-3"), (1e300, "1e+300"), (.infinity, "+Inf"),
        (-.infinity, "-Inf"),
        (.nan, "NaN"), (0.1, "0.1"),
    ]) func `any number can be set and is shown`(value: Double, text: String) {
        let registry = Registry()
        let gauge = Gauge("level", help: "L.", registry: registry)
        gauge.set(value)
        #expect(registry.samples(of: "level") == ["level \(text)"])
        #expect(gauge.value == value || value.isNaN && gauge.value.isNaN)
    }

    @Test func `whole numbers and durations can be set`() {
        let gauge = Gauge("level", help: "L.", registry: Registry())
        gauge.set(-7)
        #expect(gauge.value == -7)
        gauge.set(Duration.milliseconds(1_500))
        #expect(gauge.value == 1.5)
        gauge.set(Duration.milliseconds(-250))
        #expect(gauge.value == -0.25)
    }

    @Test func `amounts can be added and subtracted`() {
        let gauge = Gauge("level", help: "L.", registry: Registry())
        gauge.set(10)
        gauge.add(2.5)
        gauge.subtract(0.5)
        gauge.add(-1)
        #expect(gauge.value == 11)
        gauge.set(.nan)
        gauge.add(1)
        #expect(gauge.value.isNaN)
        gauge.set(3)
        #expect(gauge.value == 3)
    }

    @Test func `the current time is in seconds since 1970`() {
        let gauge = Gauge("last_success", unit: .seconds, help: "L.", registry: Registry())
        let before = Platform.unixSeconds
        gauge.setToCurrentTime()
        #expect((before...Platform.unixSeconds).contains(gauge.value))
    }

    @Test func `work in progress is tracked, however it ends`() async throws {
        let gauge = Gauge("running", help: "R.", registry: Registry())
        #expect(gauge.trackInProgress { gauge.value } == 1)
        #expect(throws: Trouble.self) { try gauge.trackInProgress { () throws(Trouble) in throw Trouble() } }
        #expect(gauge.value == 0)
        let inside = await gauge.trackInProgress {
            await Task.yield()
            return gauge.value
        }
        #expect(inside == 1)
        await #expect(throws: Trouble.self) {
            try await gauge.trackInProgress { () async throws(Trouble) in throw Trouble() }
        }
        #expect(gauge.value == 0)
    }

    @Test func `families and names known at run time work`() throws {
        let registry = Registry()
        let family = GaugeFamily("level", help: "L.", labels: .of(Label<String>("tank")), registry: registry)
        family["a"].set(1)
        family["b"].set(2)
        family["a"].add(0.5)
        let validated = try GaugeFamily(
            validating: "warmth", unit: .celsius, help: "W.", labels: .of(Label<Bool>("inside")), registry: registry)
        validated[true].set(21)
        try Gauge(validating: "weight", unit: .grams, help: "W.", registry: registry).set(3)
        #expect(
            registry.samples(of: "level", "warmth_celsius", "weight_grams") == [
                "level{tank=\"a\"} 1.5", "level{tank=\"b\"} 2", "warmth_celsius{inside=\"false\"} 0",
                "warmth_celsius{inside=\"true\"} 21", "weight_grams 3",
            ])
        #expect(throws: RegistrationError.self) { try Gauge(validating: "level", help: "L.", registry: registry) }
        #expect(throws: RegistrationError.self) {
            try GaugeFamily(validating: "x", help: "L.", labels: .of(Label<Bool>("__x")), registry: registry)
        }
    }
}
