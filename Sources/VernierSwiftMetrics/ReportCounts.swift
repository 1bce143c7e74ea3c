#if SwiftMetrics
    import Vernier

    /// What had to be changed so that a page can show it.
    enum Repair: String, FiniteLabel {
        /// Characters of a metric's name.
        case name
        /// Characters of a label's name.
        case labelName = "label_name"
        /// A label's name that the page, the registry or a type of metric keeps for itself.
        case reservedLabel = "reserved_label"
        /// A label's name that stood twice.
        case repeatedLabel = "repeated_label"
    }

    /// Why a metric is not exposed as it was asked for.
    enum Refusal: String, FiniteLabel {
        /// There are as many names as there may be.
        case names
        /// The name, or that of a dimension, is too long.
        case length
    }

    /// What the factory says about itself on the page.
    struct ReportCounts: Sendable {
        private let repaired: CounterFamily<Labels1<Repair>>
        private let refused: CounterFamily<Labels1<Refusal>>

        init(_ registry: Registry) {
            repaired = Self.family(
                "vernier_swiftmetrics_repaired", "Names and labels that were changed so that a page can show them.",
                .of(Label<Repair>("kind")), registry)
            refused = Self.family(
                "vernier_swiftmetrics_refused", "Lookups of metrics that are not exposed as they were asked for.",
                .of(Label<Refusal>("reason")), registry)
        }

        /// A name that the host took is the host's: then they are counted where nobody sees it.
        private static func family<Labels: LabelSchema>(
            _ name: String, _ help: String, _ labels: Labels, _ registry: Registry
        ) -> CounterFamily<Labels> {
            do {
                return try CounterFamily(validating: name, help: help, labels: labels, registry: registry)
            } catch {
                return CounterFamily(
                    name, help: help, labels: labels, registry: Registry(clashPolicy: .detach))
            }
        }

        func count(_ repair: Repair) { repaired[repair].increment() }
        func count(_ refusal: Refusal) { refused[refusal].increment() }
    }
#endif
