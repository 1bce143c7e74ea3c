import Vernier
import VernierInstrumentation
import VernierTesting

/// An error without more to say.
struct Trouble: Error {}
/// An error whose name says that time ran out.
struct ConnectTimeoutError: Error {}

/// An error that says itself what it is.
enum HookError: TypedError {
    case timeout, exit
    var errorType: ErrorType {
        switch self {
        case .timeout: .timeout
        case .exit: "exit_status"
        }
    }
}

extension Registry {
    /// What the lint has against the registry's page, without its own families.
    func lintProblems() async -> [LintProblem] {
        Lint.problems(in: await ownFamilies())
    }

    /// All families that are not the registry's own.
    func ownFamilies() async -> [MetricFamilySnapshot] {
        await gather(timeout: .seconds(300)).filter { !$0.name.hasPrefix("vernier_") }
    }

    /// The values of all metrics of a gauge or counter by the values of their labels.
    func values(_ name: String) async -> [String: Double] {
        let family = await gather(names: [name], timeout: .seconds(300)).first { $0.name == name }
        var values: [String: Double] = [:]
        for metric in family?.metrics ?? [] {
            let key = metric.labels.map(\.value).joined(separator: "/")
            switch metric.point {
            case .counter(let value), .gauge(let value): values[key] = value
            case .histogram(let histogram): values[key] = Double(histogram.count)
            case .summary(let summary): values[key] = Double(summary.count ?? 0)
            case .info, .stateSet, .unknown: break
            }
        }
        return values
    }
}
