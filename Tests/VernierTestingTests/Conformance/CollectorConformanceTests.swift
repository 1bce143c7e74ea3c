import Synchronization
import Testing
import Vernier
import VernierTesting

/// Hands over one list after the other, and then the last one again and again.
private final class Script: Collector {
    struct Failure: Error, CustomStringConvertible { let description = "no connection" }

    let name = "script"
    private let turn = Mutex(0)
    private let readings: [[MetricFamilySnapshot]?]

    init(_ readings: [MetricFamilySnapshot]?...) { self.readings = readings }

    var turns: Int { turn.withLock { $0 } }

    func collect() throws -> [MetricFamilySnapshot] {
        let index = turn.withLock { turn in
            defer { turn += 1 }
            return min(turn, readings.count - 1)
        }
        guard let families = readings[index] else { throw Failure() }
        return families
    }
}

private func metric(_ value: MetricPoint, _ labels: KeyValuePairs<String, String> = [:]) -> MetricSnapshot {
    MetricSnapshot(labels: labels.map { LabelPair($0.key, $0.value) }, value)
}

private func gauges(_ name: String, _ metrics: MetricSnapshot...) -> MetricFamilySnapshot {
    MetricFamilySnapshot(name, type: .gauge, help: "Help.", metrics: metrics)
}

private func counters(_ name: String, _ values: Double..., created: Double? = nil) -> MetricFamilySnapshot {
    MetricFamilySnapshot(
        name, type: .counter, help: "Help.",
        metrics: values.enumerated().map {
            MetricSnapshot(labels: [LabelPair("id", "\($0.offset)")], .counter($0.element), created: created)
        })
}

private func problems(_ script: Script, _ change: (inout CollectorConformance.Options) -> Void = { _ in }) -> [String] {
    var options = CollectorConformance.Options()
    change(&options)

    let report = CollectorConformance.check(script, options: options)
    return report.problems.map(\.description)
}

@Suite struct CollectorConformanceTests {
    @Test func aRightCollectorHasNothingToMend() {
        let script = Script([gauges("pool_size", metric(.gauge(3), ["state": "idle"])), counters("uses", 4, 5)])
        let report = CollectorConformance.check(script)
        #expect(report.isConformant, "\(report)")
        #expect(report.durations.count == 2)
        #expect(script.turns == 2)
        #expect(report.families.map(\.name) == ["pool_size", "uses"])
        #expect(report.description == "script: nothing to mend (2 readings, 2 families, 3 metrics)")
    }

    @Test func theReportNamesEachProblemOnce() {
        let report = CollectorConformance.check(
            Script([gauges("wait_ms", metric(.gauge(1), ["a": "x"]), metric(.gauge(1), ["a": "x"]))]))
        #expect(!report.isConformant)
        #expect(
            report.description
                == #"""
                script: 3 problems (2 readings, 1 family, 2 metrics)
                - wait_ms: wait_ms has the labels [Vernier.LabelPair(name: "a", value: "x"), Vernier.LabelPair(name: "a", value: "x")] twice [invalid]
                - wait_ms: wait_ms{a="x"} stands more than once (duplicate-metric) [lint]
                - wait_ms: the name should have the unit in full, not "ms" (unit-abbreviation) [lint]
                """#.replacing(
                    #"[Vernier.LabelPair(name: "a", value: "x"), Vernier.LabelPair(name: "a", value: "x")]"#,
                    with: #"[Vernier.LabelPair(name: "a", value: "x")]"#))
    }

    @Test func whatACollectorThrowsIsToldAndTheNextReadingIsMade() {
        let script = Script(nil, [counters("uses", 1)])
        #expect(problems(script) == ["reading 1 threw no connection [threw]"])
        #expect(script.turns == 2)
    }

    @Test func aLateCollectorIsNotWaitedForTwice() {
        struct Late: Collector {
            let wait = Semaphore()
            func collect() -> [MetricFamilySnapshot] {
                wait.wait()
                return []
            }
        }
        let late = Late()
        var options = CollectorConformance.Options()
        options.deadline = .milliseconds(20)
        let report = CollectorConformance.check(late, options: options)
        late.wait.signal()
        #expect(
            report.problems.map(\.description) == [
                "reading 1 took longer than 0.02 seconds: a page would go without its families [late]"
            ])
        #expect(report.durations.isEmpty)
        #expect(report.description.hasPrefix("Late: 1 problem (0 readings, 0 families, 0 metrics)\n- "))
    }

    @Test func metricsThatCannotBeShownAreAllNamed() {
        let falling = HistogramPoint(
            buckets: [.init(upperBound: 1, cumulativeCount: 2), .init(upperBound: .infinity, cumulativeCount: 1)],
            sum: 1)
        let found = problems(
            Script([
                MetricFamilySnapshot(
                    "wait", type: .histogram, help: "Help.",
                    metrics: [metric(.histogram(falling), ["a": "1"]), metric(.gauge(2), ["a": "2"])]),
                gauges("bad", metric(.gauge(1), ["__a": "1"])),
            ]))
        #expect(found.contains("wait: the buckets of wait do not rise to +Inf [invalid]"))
        #expect(found.contains { $0.hasPrefix("wait: wait is of type histogram and holds gauge") })
        #expect(found.contains { $0.hasPrefix("bad: ") && $0.hasSuffix("[invalid]") })
        #expect(found.count == 3, "\(found)")
    }

    @Test func familiesThatWantOneNameAreNamed() {
        let found = problems(Script([counters("uses", 1), gauges("uses_created", metric(.gauge(1)))]))
        #expect(found == ["uses_created: its name \"uses_created\" is also one of uses [clash]"])
    }

    @Test func partsOfAFamilyAreOneFamilyAndMayNotDiffer() {
        let (one, two) = (gauges("x", metric(.gauge(1), ["a": "1"])), gauges("x", metric(.gauge(1), ["a": "2"])))
        #expect(problems(Script([one, two])).isEmpty)
        var other = two
        other.help = "Else."
        other.unit = "bytes"
        let found = problems(Script([one, other]))
        #expect(
            found == [
                "x: parts of the family differ in unit: \"\" and \"bytes\" [inconsistent]",
                "x: parts of the family differ in help: \"Help.\" and \"Else.\" [inconsistent]",
            ])
        other = MetricFamilySnapshot("x", type: .unknown, help: "Help.")
        #expect(
            problems(Script([one, other])) == [
                "x: parts of the family differ in type: gauge and unknown [inconsistent]"
            ])
    }

    @Test func labelNamesAreTheSameInAFamily() {
        let found = problems(
            Script([gauges("x", metric(.gauge(1), ["a": "1", "b": "1"]), metric(.gauge(1), ["a": "1"]))]))
        #expect(
            found == ["x: some metrics have the labels (a, b), others (a): give all the same [inconsistent]"])
        let turned = gauges("x", metric(.gauge(1), ["a": "1", "b": "1"]), metric(.gauge(1), ["b": "2", "a": "1"]))
        #expect(problems(Script([turned])).isEmpty)
    }

    @Test func whatChangesBetweenReadingsIsNamed() {
        var other = gauges("x", metric(.gauge(1), ["b": "1"]))
        other.help = "Now 7."
        let found = problems(Script([gauges("x", metric(.gauge(1), ["a": "1"]))], [other]))
        #expect(
            found == [
                "x: readings differ in help: \"Help.\" and \"Now 7.\" [changed]",
                "x: readings differ in labels: (a) and (b) [changed]",
            ])
    }

    @Test func aCounterThatFallsIsNamedUnlessItWasMadeAnew() {
        #expect(
            problems(Script([counters("uses", 4, 2)], [counters("uses", 3.5, 2)])) == [
                "uses: uses_total{id=\"0\"} fell from 4 to 3.5 [fell]"
            ])
        #expect(problems(Script([counters("uses", 4, created: 1)], [counters("uses", 0, created: 2)])).isEmpty)
        #expect(
            problems(Script([counters("uses", 4, created: 1)], [counters("uses", 0, created: 1)])).count == 1)
    }

    @Test func countsAndBucketsMayNotFallAndSumsMay() {
        func histogram(_ low: UInt64, _ all: UInt64, _ sum: Double) -> MetricFamilySnapshot {
            let buckets: [HistogramPoint.Bucket] = [
                .init(upperBound: 1, cumulativeCount: low), .init(upperBound: .infinity, cumulativeCount: all),
            ]
            return MetricFamilySnapshot(
                "wait", type: .histogram, help: "Help.",
                metrics: [metric(.histogram(HistogramPoint(buckets: buckets, sum: sum)))])
        }
        #expect(problems(Script([histogram(2, 5, 9)], [histogram(2, 6, 8)])).isEmpty)
        #expect(
            problems(Script([histogram(2, 5, 9)], [histogram(1, 4, 9)])) == [
                "wait: wait_bucket{le=\"1.0\"} fell from 2 to 1 [fell]",
                "wait: wait_bucket{le=\"+Inf\"} fell from 5 to 4 [fell]", "wait: wait_count fell from 5 to 4 [fell]",
            ])
    }

    @Test func aSummaryMayMoveItsQuantilesAndNotItsCount() {
        func summary(_ value: Double, _ count: UInt64) -> MetricFamilySnapshot {
            let point = SummaryPoint(quantiles: [.init(quantile: 0.5, value: value)], count: count, sum: value)
            return MetricFamilySnapshot("wait", type: .summary, help: "Help.", metrics: [metric(.summary(point))])
        }
        #expect(problems(Script([summary(5, 3)], [summary(1, 3)])).isEmpty)
        #expect(problems(Script([summary(1, 3)], [summary(1, 2)])) == ["wait: wait_count fell from 3 to 2 [fell]"])
    }

    @Test func gaugesMayFall() {
        #expect(problems(Script([gauges("x", metric(.gauge(5)))], [gauges("x", metric(.gauge(1)))])).isEmpty)
    }

    @Test func growthIsNamedWhereItIsNotWanted() {
        let script = { Script([counters("uses", 1)], [counters("uses", 1, 1)], [counters("uses", 1, 1, 1)]) }
        #expect(problems(script()).isEmpty)
        let found = problems(script()) {
            $0.allowsNewMetrics = false
            $0.readings = 3
        }
        #expect(
            found == [
                "uses: uses{id=\"1\"} was not there in the reading before [growth]",
                "uses: uses{id=\"2\"} was not there in the reading before [growth]",
            ])
        #expect(
            problems(script()) { $0.maximumMetrics = 1 } == ["uses: 2 metrics are more than 1 [growth]"])
        #expect(problems(script()) { $0.maximumMetrics = nil }.isEmpty)
    }

    @Test func rulesOfNamingMayBeLeftOut() {
        let script = { Script([MetricFamilySnapshot("x_ms", type: .gauge, help: "")]) }
        #expect(problems(script()).count == 2)
        #expect(problems(script()) { $0.rules = [] }.isEmpty)
    }

    @Test func thereIsAlwaysOneReading() {
        let script = Script([counters("uses", 1)])
        #expect(problems(script) { $0.readings = -3 }.isEmpty)
        #expect(script.turns == 1)
    }

    @Test func theLibrarysOwnCollectorsAreConformant() {
        let process = CollectorConformance.check(ProcessCollector())
        let runtime = CollectorConformance.check(RuntimeCollector())
        #expect(process.isConformant, "\(process)")
        #expect(runtime.isConformant, "\(runtime)")
        #expect(!process.families.isEmpty)
    }
}

@Suite struct AsyncCollectorConformanceTests {
    private struct Slow: AsyncCollector {
        func collect() async throws -> [MetricFamilySnapshot] {
            try await Task.sleep(for: .seconds(3600))
            return []
        }
    }

    private struct Suspending: AsyncCollector {
        let script: Script
        func collect() async throws -> [MetricFamilySnapshot] {
            await Task.yield()
            return try script.collect()
        }
    }

    @Test func anAsynchronousCollectorIsCheckedAlike() async {
        let report = await CollectorConformance.check(
            Suspending(script: Script([counters("uses", 4)], [counters("uses", 3)], nil)),
            options: {
                var options = CollectorConformance.Options()
                options.readings = 3
                return options
            }())
        #expect(
            report.problems.map(\.description) == [
                "uses: uses_total{id=\"0\"} fell from 4 to 3 [fell]", "reading 3 threw no connection [threw]",
            ])
        #expect(report.collector == "Suspending")
        #expect(report.durations.count == 2)
    }

    @Test func aLateOneIsNotWaitedFor() async {
        var options = CollectorConformance.Options()
        options.deadline = .milliseconds(20)
        let report = await CollectorConformance.check(Slow(), options: options)
        #expect(report.problems.map(\.kind) == [.late])
    }
}
