extension MetricsServer {
    /// The bounds that keep a server small and answering, whatever its peers do.
    public struct Limits: Sendable, Hashable {
        /// The longest request line in bytes (default 8,192); longer ones get 414.
        ///
        /// RFC 9112, section 3, asks for at least 8,000. It bounds how many `name[]` a scrape can name.
        public var requestLineBytes = 8192
        /// The most bytes of header fields in a request (default 16,384); more get 431.
        public var headerBytes = 16_384
        /// The most header fields in a request (default 64); more get 431.
        public var headerCount = 64
        /// The most connections at once (default 256).
        ///
        /// When it is reached, the connection that has been without a complete request for the longest time is closed for the new
        /// one, so that any number of idle or slow clients cannot lock out a scraper. Connections that are being answered are never
        /// closed for that; when all are, new ones wait in the system's queue.
        public var connections = 256
        /// How long a request may take from its first byte, or from the connection's start, to its end (default 5 s).
        public var requestTime: Duration = .seconds(5)
        /// How long a response may wait for its reader, all waits together (default 10 s); then it is cut.
        ///
        /// Time in which the page is made does not count. While others are turned away or wait, a reader that has taken nothing
        /// for one second is cut already.
        public var responseTime: Duration = .seconds(10)
        /// How long a connection may be idle between two requests (default 75 s); it outlives a scrape interval of one minute.
        public var idleTime: Duration = .seconds(75)
        /// How many scrapes run at once (default 4); a further one gets 503 with `Retry-After: 1`.
        ///
        /// The server has one more thread than that to answer with, started when needed, and one that waits for requests.
        public var scrapesAtOnce = MetricsHandler.defaultScrapesAtOnce

        /// Makes the default limits.
        public init() {}

        /// How long and how much is read after a refusal, so that the peer does not lose it to a reset.
        package static let endingTime = Duration.seconds(1)
        package static let endingBytes = 1 << 18

        /// The part that the decoder keeps to.
        package var decoder: HTTPRequestDecoder.Limits {
            HTTPRequestDecoder.Limits(
                requestLineBytes: requestLineBytes, headerBytes: headerBytes, headerCount: headerCount)
        }

        /// The same with times of a year at most, in which sums with the clock are safe.
        package var bounded: Limits {
            let year = Duration.seconds(86_400 * 365)
            var copy = self
            copy.requestTime = min(requestTime, year)
            copy.responseTime = min(responseTime, year)
            copy.idleTime = min(idleTime, year)
            return copy
        }

        /// Throws for the first limit with which no request could be served.
        func validate() throws(ServerError) {
            let counts = [
                ("requestLineBytes", requestLineBytes, 64), ("headerBytes", headerBytes, 64),
                ("headerCount", headerCount, 1),
                ("connections", connections, 1), ("scrapesAtOnce", scrapesAtOnce, 1),
            ]
            for (name, value, least) in counts where value < least {
                throw ServerError(.invalidConfiguration, "limits.\(name) is \(value): pass at least \(least)")
            }
            let times = [("requestTime", requestTime), ("responseTime", responseTime), ("idleTime", idleTime)]
            for (name, value) in times where value <= .zero {
                throw ServerError(.invalidConfiguration, "limits.\(name) is not above zero: pass a time")
            }
        }
    }
}
