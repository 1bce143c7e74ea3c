#if SwiftMetrics
    import Vernier

    /// Makes of what a caller named what a page can show.
    struct NameRepair: Sendable {
        private let policy: VernierMetricsFactory.Configuration.Names
        /// Names of labels that are not the caller's, in all the forms in which a page may show them.
        private let reserved: Set<String>
        private let counts: ReportCounts

        /// How many bytes the name of a metric or a label may have.
        static var longestName: Int { 1_024 }

        init(_ configuration: VernierMetricsFactory.Configuration, _ counts: ReportCounts) {
            policy = configuration.names
            // Those that types of metrics write themselves; on others they mislead who reads the page.
            reserved = Set(
                configuration.registry.constantLabels.flatMap { EscapingScheme.forms(ofLabel: $0.name) }
                    + ["le", "quantile"])
            self.counts = counts
        }

        /// The name that a family is declared with.
        func name(_ label: String) -> String {
            let name = policy == .kept && !label.isEmpty ? label : MetricName.repaired(metric: label)
            if name != label { counts.count(.name) }
            return name
        }

        /// The labels of a series, of several of one name the last, and whether the order of the dimensions says which one that is; nil where
        /// a name cannot be shown, as it is too long or the family has had too many: what one label less would say is another series.
        func labels(
            _ dimensions: [(String, String)], of family: ReportedFamily
        ) -> (labels: [LabelPair], dependOnOrder: Bool)? {
            if dimensions.contains(where: { $0.0.utf8.count > Self.longestName }) {
                counts.count(.length)
                return nil
            }
            var values: [String: String] = [:]
            var dependOnOrder = false
            for (name, value) in dimensions {
                guard let shown = shown(name, family) else { return nil }
                if let other = values.updateValue(value, forKey: shown) {
                    counts.count(.repeatedLabel)
                    // By bytes: texts that mean the same characters stand on a page as they are.
                    if !other.utf8.elementsEqual(value.utf8) { dependOnOrder = true }
                }
            }
            return (values.map { LabelPair($0.key, $0.value) }, dependOnOrder)
        }

        /// The name that a label gets; nil where a family has had too many names.
        private func shown(_ name: String, _ family: ReportedFamily) -> String? {
            var shown = MetricName.repaired(label: name)
            if policy == .kept {
                guard let claimed = family.instruments.claim(label: kept(name)) else { return nil }
                shown = claimed
            }
            if shown != name { counts.count(.labelName) }
            let free = DynamicNames.free(shown, besides: reserved)
            if free == shown { return shown }
            counts.count(.reservedLabel)
            return policy == .kept ? family.instruments.claim(label: free) : free
        }

        private func kept(_ name: String) -> String {
            MetricName.problem(inLabel: name) == nil ? name : MetricName.repaired(label: name)
        }

        /// Takes the names of the labels that all metrics of the registry have, before any other label can.
        func claimReserved(in family: ReportedFamily) {
            guard policy == .kept else { return }
            for name in reserved.sorted() { _ = family.instruments.claim(label: name) }
        }
    }
#endif
