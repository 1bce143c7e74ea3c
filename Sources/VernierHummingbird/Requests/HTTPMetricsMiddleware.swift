#if Hummingbird
    public import Hummingbird
    public import VernierInstrumentation

    /// Measures the requests of a part of a router's routes: duration, requests under way, sizes of bodies.
    ///
    /// ```swift
    /// let router = Router()
    /// router.addMetrics()
    /// router.add(middleware: HTTPMetricsMiddleware())
    /// ```
    ///
    /// It measures the routes that are added after it, and requests that no route takes. For all of a router ``MeteredResponder`` costs less and
    /// does not depend on the order; two that see the same request count it twice. In a group that changes the context it does not know the
    /// route. The families are those of
    /// ``VernierInstrumentation/HTTPServerMetrics``; the route is the router's pattern, `/users/{id}`, and empty where no route took the
    /// request, so that strangers' paths make no series.
    ///
    /// - A body that is there already ends the request when the handler returns it, as Hummingbird writes it together with the head. A body
    ///   that is written piece by piece ends it when its last piece is written.
    /// - An error that a handler throws counts with the status that Hummingbird answers: the error's own (`HTTPResponseError`) or else 500
    ///   and the name of the error's type. What a cancelled task throws is `cancelled`.
    /// - A client that goes away while its body is written, or while it sends its own, is `connection_closed`.
    /// - The size of a request's body is what `Content-Length` says; without it, as in chunks, it is not measured.
    ///
    /// For durations that refer to traces, add it after `TracingMiddleware`, inside whose scope it then runs.
    ///
    /// A body that is there already costs no allocation and no lock beyond those that Hummingbird keeps the route under; one that is written
    /// piece by piece costs some allocations.
    public struct HTTPMetricsMiddleware<Context: RequestContext>: RouterMiddleware {
        private let metrics: HTTPServerMetrics
        private let log: RequestLog?
        private let route: @Sendable (Context) -> String?

        /// Makes the middleware.
        ///
        /// - Parameters:
        ///   - metrics: what requests are measured with; by default families of the current registry.
        ///   - log: whether each request is logged too, and how.
        @inlinable
        public init(_ metrics: HTTPServerMetrics = HTTPServerMetrics(), log: RequestLog? = nil) {
            // As in `MeteredResponder`.
            self.init(metrics, log) { $0.coreContext.endpointPath.value }
        }

        @usableFromInline
        init(_ metrics: HTTPServerMetrics, _ log: RequestLog?, route: @escaping @Sendable (Context) -> String?) {
            self.metrics = metrics
            self.log = log
            self.route = route
        }

        /// Measures a request.
        public func handle(
            _ request: Request, context: Context, next: (Request, Context) async throws -> Response
        ) async throws -> Response {
            let exchange = metrics.start(RequestMethod(request.head.method.rawValue))
            do {
                var response = try await next(request, context)
                exchange.returned(
                    &response, to: request, route: route(context), log?.line(for: request, context.logger))
                return response
            } catch {
                exchange.threw(error, route: route(context), log?.line(for: request, context.logger))
                throw error
            }
        }
    }
#endif
