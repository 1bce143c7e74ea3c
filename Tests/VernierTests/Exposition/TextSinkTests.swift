import Testing

@testable import Vernier

@Suite struct TextSinkTests {
    /// What a page shows of declarations, in both formats.
    struct Page: Sendable, CustomTestStringConvertible {
        let name: String
        let declare: @Sendable (Registry) -> Void
        let text: String
        let openMetrics: String
        var constantLabels: KeyValuePairs<String, String> = [:]
        var testDescription: String { name }
    }

    enum Phase: String, FiniteLabel { case starting, serving }

    static let pages: [Page] = [
        Page(
            name: "counter",
            declare: { Counter("requests", help: "Requests served.", registry: $0).increment(by: 3) },
            text: """
                # TYPE requests_total counter
                # HELP requests_total Requests served.
                requests_total 3

                """,
            openMetrics: """
                # TYPE requests counter
                # HELP requests Requests served.
                requests_total 3
                # EOF

                """),
        Page(
            name: "counter with a unit and labels",
            declare: {
                let sent = CounterFamily(
                    "sent", unit: .bytes, help: "Bytes sent.", labels: .of(Label<Method>("method")), registry: $0)
                sent[.post].increment(by: 0.5)
            },
            text: """
                # TYPE sent_bytes_total counter
                # HELP sent_bytes_total Bytes sent.
                sent_bytes_total{method="GET"} 0
                sent_bytes_total{method="POST"} 0.5

                """,
            openMetrics: """
                # TYPE sent_bytes counter
                # UNIT sent_bytes bytes
                # HELP sent_bytes Bytes sent.
                sent_bytes_total{method="GET"} 0
                sent_bytes_total{method="POST"} 0.5
                # EOF

                """),
        Page(
            name: "up-down counter",
            declare: { UpDownCounter("waiting", help: "Waiting.", registry: $0).decrement(by: 2) },
            text: """
                # TYPE waiting gauge
                # HELP waiting Waiting.
                waiting -2

                """,
            openMetrics: """
                # TYPE waiting gauge
                # HELP waiting Waiting.
                waiting -2
                # EOF

                """),
        Page(
            name: "gauge without help",
            declare: { Gauge("warmth", unit: .celsius, help: "", registry: $0).set(21.5) },
            text: """
                # TYPE warmth_celsius gauge
                warmth_celsius 21.5

                """,
            openMetrics: """
                # TYPE warmth_celsius gauge
                # UNIT warmth_celsius celsius
                warmth_celsius 21.5
                # EOF

                """),
        Page(
            name: "histogram",
            declare: {
                let time = Histogram("time", unit: .seconds, help: "Time.", buckets: [0.5, 1], registry: $0)
                for duration in [Duration.milliseconds(250), .milliseconds(750), .seconds(3)] { time.observe(duration) }
            },
            text: """
                # TYPE time_seconds histogram
                # HELP time_seconds Time.
                time_seconds_bucket{le="0.5"} 1
                time_seconds_bucket{le="1.0"} 2
                time_seconds_bucket{le="+Inf"} 3
                time_seconds_count 3
                time_seconds_sum 4

                """,
            openMetrics: """
                # TYPE time_seconds histogram
                # UNIT time_seconds seconds
                # HELP time_seconds Time.
                time_seconds_bucket{le="0.5"} 1
                time_seconds_bucket{le="1.0"} 2
                time_seconds_bucket{le="+Inf"} 3
                time_seconds_count 3
                time_seconds_sum 4
                # EOF

                """),
        Page(
            name: "histogram with labels and constant labels",
            declare: {
                let family = HistogramFamily(
                    "h", help: "H.", buckets: [1e6], labels: .of(Label<String>("a"), Label<Int>("b")), registry: $0)
                family["x\"", 1].observe(2)
            },
            text: #"""
                # TYPE h histogram
                # HELP h H.
                h_bucket{zone="z",a="x\"",b="1",le="1e+06"} 1
                h_bucket{zone="z",a="x\"",b="1",le="+Inf"} 1
                h_count{zone="z",a="x\"",b="1"} 1
                h_sum{zone="z",a="x\"",b="1"} 2

                """#,
            openMetrics: #"""
                # TYPE h histogram
                # HELP h H.
                h_bucket{zone="z",a="x\"",b="1",le="1e+06"} 1
                h_bucket{zone="z",a="x\"",b="1",le="+Inf"} 1
                h_count{zone="z",a="x\"",b="1"} 1
                h_sum{zone="z",a="x\"",b="1"} 2
                # EOF

                """#, constantLabels: ["zone": "z"]),
        Page(
            name: "histogram with a negative bound: its sum is no counter",
            declare: { Histogram("change", help: "C.", buckets: [-1, 0, 1], registry: $0).observe(-0.5) },
            text: """
                # TYPE change histogram
                # HELP change C.
                change_bucket{le="-1.0"} 0
                change_bucket{le="0.0"} 1
                change_bucket{le="1.0"} 1
                change_bucket{le="+Inf"} 1
                change_count 1
                change_sum -0.5

                """,
            openMetrics: """
                # TYPE change histogram
                # HELP change C.
                change_bucket{le="-1.0"} 0
                change_bucket{le="0.0"} 1
                change_bucket{le="1.0"} 1
                change_bucket{le="+Inf"} 1
                # EOF

                """),
        Page(
            name: "summary without quantiles",
            declare: { Summary("wait", unit: .seconds, help: "W.", quantiles: [], registry: $0).observe(1.5) },
            text: """
                # TYPE wait_seconds summary
                # HELP wait_seconds W.
                wait_seconds_count 1
                wait_seconds_sum 1.5

                """,
            openMetrics: """
                # TYPE wait_seconds summary
                # UNIT wait_seconds seconds
                # HELP wait_seconds W.
                wait_seconds_count 1
                wait_seconds_sum 1.5
                # EOF

                """),
        Page(
            name: "summary with quantiles",
            declare: {
                let quantiles = [(0.0, -1.0), (0.5, 2.5), (0.999, .nan), (1, 3)].map {
                    SummaryPoint.Quantile(quantile: $0.0, value: $0.1)
                }
                let point = MetricPoint.summary(SummaryPoint(quantiles: quantiles, count: 4, sum: 8.25))
                $0.register(
                    Fixed([
                        MetricFamilySnapshot(
                            "s", type: .summary, help: "S.",
                            metrics: [MetricSnapshot(labels: [LabelPair("k", "v")], point), MetricSnapshot(point)])
                    ]))
            },
            text: """
                # TYPE s summary
                # HELP s S.
                s{k="v",quantile="0.0"} -1
                s{k="v",quantile="0.5"} 2.5
                s{k="v",quantile="0.999"} NaN
                s{k="v",quantile="1.0"} 3
                s_count{k="v"} 4
                s_sum{k="v"} 8.25
                s{quantile="0.0"} -1
                s{quantile="0.5"} 2.5
                s{quantile="0.999"} NaN
                s{quantile="1.0"} 3
                s_count 4
                s_sum 8.25

                """,
            openMetrics: """
                # TYPE s summary
                # HELP s S.
                s{k="v",quantile="0.5"} 2.5
                s{k="v",quantile="0.999"} NaN
                s{k="v",quantile="1.0"} 3
                s_count{k="v"} 4
                s_sum{k="v"} 8.25
                s{quantile="0.5"} 2.5
                s{quantile="0.999"} NaN
                s{quantile="1.0"} 3
                s_count 4
                s_sum 8.25
                # EOF

                """),
        Page(
            name: "info",
            declare: { Info("build", help: "B.", ["version": "1.4.2", "path": #"C:\x"#], registry: $0) },
            text: #"""
                # TYPE build_info gauge
                # HELP build_info B.
                build_info{version="1.4.2",path="C:\\x"} 1

                """#,
            openMetrics: #"""
                # TYPE build info
                # HELP build B.
                build_info{version="1.4.2",path="C:\\x"} 1
                # EOF

                """#),
        Page(
            name: "state set",
            declare: { _ = StateSet("phase", help: "P.", initial: Phase.serving, registry: $0) },
            text: """
                # TYPE phase gauge
                # HELP phase P.
                phase{phase="starting"} 0
                phase{phase="serving"} 1

                """,
            openMetrics: """
                # TYPE phase stateset
                # HELP phase P.
                phase{phase="starting"} 0
                phase{phase="serving"} 1
                # EOF

                """),
        Page(
            name: "unknown",
            declare: {
                $0.register(
                    Fixed([
                        MetricFamilySnapshot("u", type: .unknown, help: "U.", metrics: [MetricSnapshot(.unknown(1e-7))])
                    ]))
            },
            text: """
                # TYPE u untyped
                # HELP u U.
                u 1e-07

                """,
            openMetrics: """
                # TYPE u unknown
                # HELP u U.
                u 1e-07
                # EOF

                """),
        Page(
            name: "functions",
            declare: {
                GaugeFunction("idle", help: "I.", registry: $0) { 2 }
                CounterFunction("seen", help: "S.", labels: .of(Label<Method>("m")), registry: $0) { [(.get, 1e21)] }
            },
            text: """
                # TYPE idle gauge
                # HELP idle I.
                idle 2
                # TYPE seen_total counter
                # HELP seen_total S.
                seen_total{m="GET"} 1e+21

                """,
            openMetrics: """
                # TYPE idle gauge
                # HELP idle I.
                idle 2
                # TYPE seen counter
                # HELP seen S.
                seen_total{m="GET"} 1e+21
                # EOF

                """),
        Page(
            name: "help with characters to escape: the text format leaves quotes",
            declare: { Gauge("g", help: "Say \"hi\" \\ and\nbye 👍.", registry: $0).set(1) },
            text: #"""
                # TYPE g gauge
                # HELP g Say "hi" \\ and\nbye 👍.
                g 1

                """#,
            openMetrics: #"""
                # TYPE g gauge
                # HELP g Say \"hi\" \\ and\nbye 👍.
                g 1
                # EOF

                """#),
        Page(
            name: "label values to escape",
            declare: {
                let family = GaugeFamily("g", help: "G.", labels: .of(Label<String>("a")), registry: $0)
                for value in ["", "\"\\\n", "}{ ,=#", "👍"] { family[value].set(1) }
            },
            text: #"""
                # TYPE g gauge
                # HELP g G.
                g{a=""} 1
                g{a="\"\\\n"} 1
                g{a="}{ ,=#"} 1
                g{a="👍"} 1

                """#,
            openMetrics: #"""
                # TYPE g gauge
                # HELP g G.
                g{a=""} 1
                g{a="\"\\\n"} 1
                g{a="}{ ,=#"} 1
                g{a="👍"} 1
                # EOF

                """#),
        Page(
            name: "a family without series",
            declare: { _ = GaugeFamily("g", help: "G.", labels: .of(Label<String>("a")), registry: $0) },
            text: """
                # TYPE g gauge
                # HELP g G.

                """,
            openMetrics: """
                # TYPE g gauge
                # HELP g G.
                # EOF

                """),
    ]

    /// The page without the registry's own families.
    private func page(_ page: Page, _ format: ExpositionFormat) -> String {
        let registry = Registry(constantLabels: page.constantLabels)
        page.declare(registry)
        let names = Set(registry.gather().map(\.name).filter { !$0.hasPrefix("vernier_") })
        return registry.page(as: format, names: names)
    }

    @Test(arguments: pages) func `a page in the text format is exactly this`(page: Page) {
        #expect(self.page(page, .text) == page.text)
    }

    @Test(arguments: pages) func `a page of OpenMetrics is exactly this`(page: Page) {
        #expect(self.page(page, .openMetrics) == page.openMetrics)
    }

    @Test(arguments: pages) func `samples are the same in both formats but for negative sums and quantiles`(page: Page)
    {
        func samples(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        }
        let isNegative = page.text.contains("le=\"-")
        let text = samples(self.page(page, .text)).filter {
            (!isNegative || !$0.hasPrefix("change_sum") && !$0.hasPrefix("change_count"))
                && !($0.contains("quantile=") && $0.contains("} -"))
        }
        #expect(text == samples(self.page(page, .openMetrics)))
    }

    @Test func `bounds and ranks are written in the canonical way in both formats`() {
        let registry = Registry()
        let bounds = [0.0001, 0.00001, 1, 10, 1_000, 100_000, 1e6, 1e20, 0.5, 1.5, 1234567.875].sorted()
        _ = Histogram("h", help: "H.", buckets: .explicit(bounds), registry: registry)
        let expected = [
            "1e-05", "0.0001", "0.5", "1.0", "1.5", "10.0", "1000.0", "100000.0", "1e+06", "1.234567875e+06", "1e+20",
            "+Inf",
        ]
        for format in [ExpositionFormat.text, .openMetrics] {
            let lines = registry.page(as: format, names: ["h"]).split(separator: "\n").filter { $0.contains("_bucket") }
            #expect(lines == expected.map { "h_bucket{le=\"\($0)\"} 0" })
        }
    }
}
