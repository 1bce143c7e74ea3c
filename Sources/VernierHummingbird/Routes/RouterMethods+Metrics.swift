#if Hummingbird
    public import Hummingbird
    public import Vernier
    public import VernierExporter

    extension RouterMethods {
        /// Adds a route that shows the metrics page, for `GET` and `HEAD`.
        ///
        /// ```swift
        /// router.addMetrics()
        /// ```
        ///
        /// It answers as ``VernierExporter/MetricsHandler`` does: in the format that `Accept` asks for, with `name[]`, with the scraper's timeout, with
        /// 503 when too many scrapes run at once. Collectors are read and pages are made on a thread outside of those that run tasks and event
        /// loops. A page of one piece, some 32 kilobytes, is sent whole; a longer one is sent while it is made, with a few pieces in memory.
        ///
        /// Added before ``HTTPMetricsMiddleware`` scrapes are not measured themselves.
        ///
        /// - Parameters:
        ///   - path: where the page is shown.
        ///   - registry: whose metrics to show.
        ///   - authentication: what a scraper must show; nil lets everybody in.
        ///   - scrapesAtOnce: how many pages may be in the making or on their way.
        ///   - createdSamples: whether pages of OpenMetrics say when each counter, histogram and summary was made.
        /// - Returns: the router, for further routes.
        @discardableResult
        public func addMetrics(
            _ path: RouterPath = "metrics", registry: Registry = .default, authentication: Authentication? = nil,
            scrapesAtOnce: Int = MetricsHandler.defaultScrapesAtOnce, createdSamples: Bool = false
        ) -> Self {
            addMetrics(
                path,
                handler: MetricsHandler(
                    registry: registry, metricsPath: ScrapeRoute.path, authentication: authentication,
                    scrapesAtOnce: scrapesAtOnce, createdSamples: createdSamples))
        }

        func addMetrics(_ path: RouterPath, handler: MetricsHandler) -> Self {
            let route = ScrapeRoute(handler: handler)
            return get(path) { request, _ in try await route.respond(to: request) }
                .head(path) { request, _ in try await route.respond(to: request) }
        }
    }
#endif
