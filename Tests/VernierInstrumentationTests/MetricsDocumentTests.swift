import Testing
import Vernier
import VernierInstrumentation
import VernierTesting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The tables of Docs/METRICS.md are what the sets register.
@Suite struct MetricsDocumentTests {
    /// A set under its heading, and what has to happen before all its families have a series.
    struct Section: Sendable, CustomTestStringConvertible {
        let title: String
        let fill: @Sendable (Registry) -> Void
        var testDescription: String { title }

        init(_ title: String, _ fill: @escaping @Sendable (Registry) -> Void) {
            self.title = title
            self.fill = fill
        }
    }

    static let sections = [
        Section("Hooks") { registry in
            HookMetrics(known: ["a"], quantiles: [0.5], registry: registry).measure("a") {}
        },
        Section("Search") { registry in
            let memory = SearchMetrics(known: ["a"], models: ["m"], registry: registry)
            _ = try? memory.search("a", relevance: { $0 }) { () throws -> [Double] in throw Trouble() }
            _ = try? memory.embed("m") { throw Trouble() }
        },
        Section("Health") { registry in _ = DependencyHealth(known: ["a"], registry: registry) },
        Section("Pagination") { registry in
            let pages = PaginationMetrics(registry: registry)
            pages.measure(.offset(0, size: 20), of: "a") {}
            pages.prefetchUsed()
        },
        Section("Caches") { registry in
            try? CacheMetrics("a", registry: registry).measureLoad { throw Trouble() }
        },
        Section("Models") { registry in
            let baseline = ModelBaseline(
                meanAbsoluteError: 1, predictions: (0..<40).map { Double($0 % 2 + 1) })
            let model = ModelMetrics(registry: registry).model("a", baseline: baseline)
            model.record(ModelPrediction(.nan), duration: .zero)
            // As many as the stability index wants.
            for number in 0..<100 {
                let truth = Double(number % 2 + 1)
                model.record(ModelPrediction(truth), duration: .zero)
                model.judge(truth, truth: truth)
            }
        },
        Section("Generative models") { registry in
            let call = GenerativeMetrics(provider: "p", registry: registry).call(.chat, model: "m", feature: "f")
            call.start().end(.timeout)
        },
        Section("Delivery") { registry in
            let delivery = DeliveryMetrics(registry: registry)
            delivery.deployed(to: "a", .success, leadTimes: [.seconds(1)], component: "c")
            delivery.changeFailed(in: "a", as: "rollback")
            delivery.restored(after: .seconds(1), severity: "high", component: "c")
            delivery.ran("build", .failure, duration: .seconds(1), error: "compile")
            delivery.tested("unit", passed: 1, failed: 0, coverage: 1)
        },
        Section("Apdex") { registry in _ = Apdex("checkout", target: .seconds(1), registry: registry) },
        Section("HTTP servers") { registry in
            HTTPServerMetrics(registry: registry).start(.get).end(
                route: "/a", status: 500, requestBytes: 1, responseBytes: 1)
        },
        Section("HTTP clients") { registry in
            HTTPClientMetrics(registry: registry).start(.get, server: ServerName(host: "a")).end(
                status: 500, requestBytes: 1, responseBytes: 1)
        },
        Section("Remote procedure calls") { registry in
            for side in [RPCMetrics.Side.client, .server] {
                RPCMetrics(side, registry: registry).start("a/b").end(.unavailable)
            }
        },
        Section("Databases") { registry in
            let queries = DatabaseMetrics(system: .sqlite, slowAfter: .zero, registry: registry)
            queries.record(.select, collection: "a", duration: .seconds(1), error: "x")
            _ = DatabasePoolMetrics("a", maximum: 1, registry: registry)
        },
    ]

    /// Names in the answers that come from elsewhere: other exporters, Prometheus, sets with names of the reader's own, examples.
    static let others: Set<String> = [
        "node_cpu_seconds_total", "node_memory_MemTotal_bytes", "node_memory_MemAvailable_bytes",
        "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "node_network_receive_bytes_total",
        "node_network_transmit_bytes_total", "node_load1", "probe_success", "probe_duration_seconds",
        "redis_keyspace_hits_total", "redis_keyspace_misses_total", "redis_memory_used_bytes",
        "redis_evicted_keys_total", "pg_database_size_bytes", "histogram_quantile", "avg_over_time", "ask_questions",
        "user_type", "ai_model", "ask_user_satisfaction", "explore_concepts_viewed",
        "concept_category", "explore_session_duration", "quests_started", "quest_type", "quests_completed",
        "quests_completed_total", "quests_started_total", "database_size", "task_execution_seconds",
        "task_execution_seconds_sum", "task_invocations_total", "task_retries", "queue_length",
        "event_invocations_total", "event_execution_seconds",
        "redis_reconnections", "mcp_server", "mcp_server_up", "code_findings", "feature_uses", "active_users",
        "incident_detection_time", "alert_verdicts",
    ]

    /// The words of the page's answers that look like names of metrics and labels.
    private static func names() throws -> Set<String> {
        let page = try #require(try pageText())
        var names: Set<String> = []
        var isOfAnswers = false
        for line in page.split(separator: "\n") {
            if line.hasPrefix("## ") { isOfAnswers = line == "## What to ask" }
            guard isOfAnswers, line.hasPrefix("|") else { continue }
            let answer = line.split(separator: "|").dropFirst().joined(separator: "|")
            for word in answer.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") })
            where word.contains("_") && word.first?.isLowercase == true {
                names.insert(String(word))
            }
        }
        return names
    }

    @Test func `every name in the page's answers is a set's`() async throws {
        let registry = Registry()
        for section in Self.sections { section.fill(registry) }
        registry.register(ProcessCollector())
        var known = Self.others
        for family in await registry.ownFamilies() {
            known.insert(family.name)
            known.formUnion(["total", "bucket", "sum", "count"].map { "\(family.name)_\($0)" })
            known.formUnion(family.metrics.flatMap(\.labels).map(\.name))
        }
        let names = try Self.names()
        #expect(names.count > 50)
        #expect(names.subtracting(known).sorted() == [])
        // What stands in the list is asked for.
        #expect(Self.others.subtracting(names).sorted() == [])
    }

    private static func pageText() throws -> String? {
        let source = #filePath
        let root = source.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        return contents(of: root + "/Docs/METRICS.md")
    }

    /// The rows of the tables in the page's section of sets, by heading.
    static func rows() throws -> [String: [String]] {
        let page = try #require(try pageText())
        var rows: [String: [String]] = [:]
        var title: String?
        var isOfSets = false
        for line in page.split(separator: "\n") {
            if line.hasPrefix("## ") {
                isOfSets = line == "## Sets"
                title = nil
            } else if isOfSets, line.hasPrefix("### ") {
                title = String(line.dropFirst(4))
                rows[title ?? "", default: []] = []
            } else if let title, line.hasPrefix("| `") {
                let cells = line.split(separator: "|").map { cell in cell.drop { $0 == " " } }
                let row = cells.prefix(4).map { cell in cell.reversed().drop { $0 == " " }.reversed() }
                rows[title, default: []].append(row.map { String($0) }.joined(separator: " | "))
            }
        }
        return rows
    }

    private static func contents(of path: String) -> String? {
        // SAFETY: the path is lent as a C string; the file is used and closed here alone.
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { _ = unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            // SAFETY: the array is lent to the call, which writes at most as many bytes as it has.
            let count = unsafe fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk.prefix(count)
        }
    }

    /// A family as a row of the page has it.
    private static func row(_ family: MetricFamilySnapshot) -> String {
        var labels: [String] = []
        for label in family.metrics.flatMap(\.labels).map(\.name) where !labels.contains(label) {
            labels.append(label)
        }
        let name = family.type == .counter ? family.name + "_total" : family.name
        let shown = labels.map { "`\($0)`" }.joined(separator: ", ")
        return
            "`\(name)` | \(family.type.rawValue) | \(shown.isEmpty ? "–" : shown) | \(family.unit.isEmpty ? "–" : family.unit)"
    }

    @Test(arguments: sections) func `the page lists what a set registers`(section: Section) async throws {
        let registry = Registry()
        section.fill(registry)
        let registered = await registry.ownFamilies().map(Self.row).sorted()
        let listed = try Self.rows()[section.title]?.sorted()
        #expect(listed == registered, "### \(section.title)\n\(registered.joined(separator: "\n"))")
    }

    @Test func `every section of the page is a set's`() throws {
        #expect(try Set(Self.rows().keys) == Set(Self.sections.map(\.title)))
    }

    @Test func `all sets fit into one registry, with names that keep to the habits`() async {
        let registry = Registry()
        for section in Self.sections { section.fill(registry) }
        // OpenTelemetry gave that name its end.
        let problems = await registry.lintProblems().filter { $0.family != "db_client_connection_count" }
        #expect(problems == [])
        let counts = await registry.values("vernier_collector_errors")
        #expect(counts.values.allSatisfy { $0 == 0 })
    }
}
