/// How long a scrape may take, as the scraper says it in `X-Prometheus-Scrape-Timeout-Seconds`.
enum ScrapeTimeout {
    static let headerName = "X-Prometheus-Scrape-Timeout-Seconds"

    /// A place for a scrape is held no longer than this because of collectors, whatever a scraper says.
    static let longest = Duration.seconds(30)

    /// The time that may be spent, or nil when the header is absent or makes no sense.
    ///
    /// A tenth, at most half a second, is kept back for the way, so that a page that lacks its slowest part arrives before the
    /// scraper gives up on the whole. Values of zero, below it, above a day, or in another notation than plain decimals are ignored.
    static func duration(header: String?) -> Duration? {
        guard let header, header.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
            let seconds = Double(header),
            seconds > 0, seconds <= 86_400
        else { return nil }
        return min(.seconds(seconds - min(0.5, seconds / 10)), longest)
    }
}
