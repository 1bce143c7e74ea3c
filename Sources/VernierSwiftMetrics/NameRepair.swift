#if SwiftMetrics
    import Vernier

    /// Makes of what a caller named what a page can show.
    struct NameRepair: Sendable {
        private let policy: VernierMetricsFactory.Configuration.Names
        /// Names of labels that are not the caller's, in all the forms in which a page may show them.
        private let reserved: Set<String>
        private let counts: ReportCounts

        init(_ configuration: VernierMetricsFactory.Configuration, _ counts: ReportCounts) {
            policy = configuration.names
            // Those that types of metrics write themselves; on others they mislead who reads the page.
            reserved = Set(
                configuration.registry.constantLabels.flatMap { EscapingScheme.forms(ofLabel: $0.name) }
                    + ["le", "quantile"])
            self.counts = counts
        }

        /// The name of a family, without the ends that its type adds.
        func name(_ label: String, _ kind: Kind) -> String {
            var name = policy == .kept && !label.isEmpty ? label : MetricName.repaired(metric: label)
            if name != label { counts.count(.name) }
            let suffix = kind == .counter ? "_total" : kind == .timer ? "_seconds" : ""
            if !suffix.isEmpty, name.hasSuffix(suffix), name.utf8.count > suffix.utf8.count {
                name.removeLast(suffix.count)
            }
            return name
        }

        /// The labels of a series, of several of one name the last; and whether the order of the dimensions says which one that is.
        func labels(
            _ dimensions: [(String, String)], of family: ReportedFamily
        ) -> (labels: [LabelPair], dependOnOrder: Bool) {
            var values: [String: String] = [:]
            var hasRepeated = false
            for (name, value) in dimensions {
                guard let shown = shown(name, family) else { continue }
                if values.updateValue(value, forKey: shown) != nil {
                    counts.count(.repeatedLabel)
                    hasRepeated = true
                }
            }
            return (values.map { LabelPair($0.key, $0.value) }, hasRepeated)
        }

        /// The name that a label gets; nil where a family has had too many names.
        private func shown(_ name: String, _ family: ReportedFamily) -> String? {
            var shown = policy == .kept ? kept(name) : MetricName.repaired(label: name)
            if policy == .kept {
                guard let claimed = family.claim(label: shown) else {
                    counts.count(.labelName)
                    return nil
                }
                shown = claimed
            }
            if shown != name { counts.count(.labelName) }
            guard reserved.contains(shown) else { return shown }
            counts.count(.reservedLabel)
            // What Prometheus calls a label whose name a target has taken.
            repeat { shown = "exported_\(shown)" } while reserved.contains(shown)
            return policy == .kept ? family.claim(label: shown) : shown
        }

        private func kept(_ name: String) -> String {
            MetricName.problem(inLabel: name) == nil ? name : MetricName.repaired(label: name)
        }

        /// Takes the names of the labels that all metrics of the registry have, before any other label can.
        func claimReserved(in family: ReportedFamily) {
            guard policy == .kept else { return }
            for name in reserved.sorted() { _ = family.claim(label: name) }
        }
    }
#endif
