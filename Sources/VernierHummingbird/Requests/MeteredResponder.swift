#if Hummingbird
    public import Hummingbird
    public import VernierInstrumentation

    /// A responder, mostly a whole router, all of whose requests are measured.
    ///
    /// ```swift
    /// let app = Application(router: router.metered())
    /// ```
    ///
    /// It stands outside of everything that the router has, so it sees each request once, whatever the middleware's order and however groups
    /// change the context, and counts the status that is sent. The families are those of ``VernierInstrumentation/HTTPServerMetrics``; how requests end
    /// is counted as ``HTTPMetricsMiddleware`` does, which measures a part of the routes. Of the two use one.
    ///
    /// What a middleware of the router puts into the task is not there any more when a request ends: for durations and lines of the log that refer to
    /// traces take ``HTTPMetricsMiddleware``, behind the one that makes the spans. Requests of the routes for metrics and health are measured too.
    ///
    /// A request costs no allocation and no lock beyond those that Hummingbird keeps the route under, and less than with a middleware; a body that is written piece by piece costs some allocations.
    public struct MeteredResponder<Base: HTTPResponder>: HTTPResponder where Base.Context: RequestContext {
        private let base: Base
        private let metrics: HTTPServerMetrics
        private let log: RequestLog?
        private let route: @Sendable (Base.Context) -> String?

        /// Measures what a responder answers.
        ///
        /// - Parameters:
        ///   - base: what answers.
        ///   - metrics: what requests are measured with; by default families of the current registry.
        ///   - log: whether each request is logged too, and how.
        @inlinable
        public init(_ base: Base, _ metrics: HTTPServerMetrics = HTTPServerMetrics(), log: RequestLog? = nil) {
            // Inlined into the host, which knows the context's type, so that the route is read without a copy of the context.
            self.init(base, metrics, log) { $0.coreContext.endpointPath.value }
        }

        @usableFromInline
        init(
            _ base: Base, _ metrics: HTTPServerMetrics, _ log: RequestLog?,
            route: @escaping @Sendable (Base.Context) -> String?
        ) {
            self.base = base
            self.metrics = metrics
            self.log = log
            self.route = route
        }

        /// Answers a request, and measures it.
        public func respond(to request: Request, context: Base.Context) async throws -> Response {
            // As in `HTTPMetricsMiddleware`: one function for both would be one asynchronous call more for each request.
            let exchange = metrics.start(RequestMethod(request.head.method.rawValue))
            do {
                var response = try await base.respond(to: request, context: context)
                exchange.returned(
                    &response, to: request, route: route(context), log?.line(for: request, context.logger))
                return response
            } catch {
                exchange.threw(error, route: route(context), log?.line(for: request, context.logger))
                throw error
            }
        }
    }

    /// A router, or whatever builds a responder, whose requests are measured.
    public struct MeteredRouter<Base: HTTPResponderBuilder>: HTTPResponderBuilder
    where Base.Responder.Context: RequestContext {
        @usableFromInline let base: Base
        @usableFromInline let metrics: HTTPServerMetrics
        @usableFromInline let log: RequestLog?

        @inlinable
        init(_ base: Base, _ metrics: HTTPServerMetrics, _ log: RequestLog?) {
            self.base = base
            self.metrics = metrics
            self.log = log
        }

        /// Builds the responder, with the routes that there are now.
        @inlinable
        public func buildResponder() -> MeteredResponder<Base.Responder> {
            MeteredResponder(base.buildResponder(), metrics, log: log)
        }
    }

    extension HTTPResponderBuilder where Responder.Context: RequestContext {
        /// The same router with all of its requests measured.
        ///
        /// ```swift
        /// let app = Application(router: router.metered(log: RequestLog()))
        /// ```
        ///
        /// - Parameters:
        ///   - metrics: what requests are measured with; by default families of the current registry.
        ///   - log: whether each request is logged too, and how.
        @inlinable
        public func metered(
            by metrics: HTTPServerMetrics = HTTPServerMetrics(), log: RequestLog? = nil
        ) -> MeteredRouter<Self> {
            MeteredRouter(self, metrics, log)
        }
    }
#endif
