#if Hummingbird
    import Hummingbird
    import Logging
    import NIOCore
    import Vernier
    import VernierHummingbird

    /// A server whose requests are measured: what the proof of the Hummingbird adapter drives.
    ///
    /// `--port` chooses the port (0, one of the system's choice, unless it says otherwise), which is printed. A middleware measures the
    /// requests; `--metered` measures the router as a whole instead, `--bare` nothing, `--empty` takes a middleware that does nothing, `--framework`
    /// Hummingbird's own. `--log` logs each request as JSON to standard error.
    @main
    enum Main {
        /// Waits on the first thread: that of an asynchronous `main` leaves itself to the dispatcher, in which valgrind breaks down.
        static func main() {
            let done = Semaphore()
            Task.detached {
                do {
                    try await serve()
                } catch {
                    Output.complain("\(error)")
                    Output.fail()
                }
                done.signal()
            }
            done.wait()
        }

        private static func serve() async throws {
            let options = Options(CommandLine.arguments.dropFirst())
            let router = Router()
            router.addMetrics().addHealth()
            addMiddleware(to: router, options)
            Routes.add(to: router)
            Registry.default.register(ProcessCollector())
            var logger = Logger(label: "host") { label in
                JSONLogHandler(label: label, fileDescriptor: 2)
            }
            logger.logLevel = options.logs ? .info : .error
            if options.middleware == .metered {
                try await run(router.metered(log: options.logs ? RequestLog() : nil), options, logger)
            } else {
                try await run(router, options, logger)
            }
        }

        private static func run<Builder: HTTPResponderBuilder>(
            _ router: Builder, _ options: Options, _ logger: Logger
        ) async throws where Builder.Responder.Context == BasicRequestContext {
            let app = Application(
                router: router,
                configuration: .init(address: .hostname("127.0.0.1", port: options.port), serverName: nil),
                onServerRunning: { channel in
                    print("port \(channel.localAddress?.port ?? 0)")
                    Output.flush()
                },
                logger: logger)
            try await app.runService()
        }

        private static func addMiddleware(to router: Router<BasicRequestContext>, _ options: Options) {
            #if Tracing
                if options.traces { Traces.add(to: router) }
            #endif
            switch options.middleware {
            case .none, .metered: break
            case .empty: router.add(middleware: EmptyMiddleware())
            case .framework: router.add(middleware: MetricsMiddleware())
            case .ours: router.add(middleware: HTTPMetricsMiddleware(log: options.logs ? RequestLog() : nil))
            }
        }
    }

    /// What a middleware costs that does nothing.
    struct EmptyMiddleware<Context: RequestContext>: RouterMiddleware {
        func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            try await next(request, context)
        }
    }

    /// What the command line asks for.
    struct Options {
        enum Middleware { case none, empty, framework, ours, metered }

        var port = 0
        var middleware = Middleware.ours
        var logs = false
        var traces = false

        init(_ arguments: some Sequence<String>) {
            var arguments = arguments.makeIterator()
            while let argument = arguments.next() {
                switch argument {
                case "--port": port = arguments.next().flatMap { Int($0) } ?? 0
                case "--bare": middleware = .none
                case "--metered": middleware = .metered
                case "--empty": middleware = .empty
                case "--framework": middleware = .framework
                case "--log": logs = true
                case "--traces": traces = true
                default: Output.complain("unknown option \(argument)")
                }
            }
        }
    }
#else
    @main
    enum Main {
        static func main() {
            Output.complain("built without the trait Hummingbird")
            Output.fail()
        }
    }
#endif
