import ExampleServer
import ExampleSupport
import Hummingbird
import Logging
import Vernier
import VernierHummingbird

// A server with two kinds of models: predictors of scans, judged by truths that arrive later, and text models behind a router.
//
//     swift run --package-path Examples model-api --port 8002
//
// What it measures is in Metrics.swift.
@main
struct ModelAPI {
    static let usage = """
        usage: swift run --package-path Examples model-api [--port N] [--seed N] [--cache N] [--patience S] [--help]

        Predicts what market scans find and how long they take, and answers questions with small text models.

          --port N      port on 127.0.0.1, 0 for any free one (default 8002)
          --seed N      what the data set is made from (default 1)
          --cache N     how many predictions are kept (default 1000)
          --patience S  after how many seconds an answer of a text model is given up (default 10)
        """

    static func main() async {
        await runProgram("model-api") {
            let options = try Options(
                CommandLine.arguments.dropFirst(), known: ["port", "seed", "cache", "patience"])
            if options.wantsHelp { return say(usage) }
            let port = try options.number("port", in: 0...65_535, default: 8_002)
            let seed = try options.number("seed", in: 0...1_000_000, default: 1)
            let cache = try options.number("cache", in: 1...1_000_000, default: 1_000)
            let patience = try options.number("patience", in: 1...3_600, default: 10)

            Registry.default.register(ProcessCollector())
            Registry.default.register(RuntimeCollector())
            let metrics = ModelAPIMetrics()
            let predictions = try Predictions(seed: UInt64(seed), cacheCapacity: cache, metrics: metrics)
            let conversations = Conversations(AIRouter(patience: .seconds(patience)), metrics: metrics)

            let router = Router()
            // The pages of scrapers and health checks come before the middleware, which measures what follows.
            router.addMetrics()
            router.addHealth()
            router.add(middleware: HTTPMetricsMiddleware())
            predictions.addRoutes(to: router)
            conversations.addRoutes(to: router)

            try await serve(router, port: port, logger: Logger(label: "model-api")) { address in
                say("model-api listens on \(address), metrics are at \(address)/metrics")
                for target in Target.allCases {
                    guard let accuracy = predictions.models[target]?.accuracy else { continue }
                    let (error, share) = (accuracy.meanAbsoluteError.short, accuracy.determination.short)
                    say("  \(target.rawValue): mean absolute error \(error), R² \(share) on 400 scans it has not seen")
                }
            }
        }
    }
}

extension Double {
    /// With three places.
    fileprivate var short: String { "\((self * 1_000).rounded() / 1_000)" }
}
