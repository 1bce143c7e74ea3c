import Vernier

/// What updates cost here: alone, on a word that two threads share, and with many more threads than processors.
struct CrowdCosts {
    /// Nanoseconds of one update by one thread.
    private let alone: [(update: Update, cost: Double)]
    /// What a second thread on the same word adds to each of its updates, in nanoseconds.
    private let transfer: Double

    static func measure() -> CrowdCosts {
        let meters = Meters()
        // Additions of several threads lead the gauge to shares, as it would be with many threads.
        _ = meters.cost(of: .gauge, threads: 2)
        func measured(_ update: Update, threads: Int) -> Double {
            let cost = meters.cost(of: update, threads: threads)
            Figure.report(.measured, update.rawValue, "one metric", threads: threads, cost, "ns of a processor")
            return cost
        }
        var alone: [(Update, Double)] = []
        var transfer = 0.0
        for update in Update.allCases {
            let cost = measured(update, threads: 1)
            let shared = measured(update, threads: 2)
            for threads in threadCounts { _ = measured(update, threads: threads) }
            alone.append((update, cost))
            if update == .sharedWord { transfer = shared - cost }
        }
        for threads in [1] + threadCounts {
            let scrapes = meters.scrapes(whileUpdatedBy: threads)
            let operation = "scrape of a histogram that threads update"
            // The middle of a few scrapes says nothing.
            if scrapes.count >= 20 {
                Figure.report(.measured, operation, "median", threads: threads, scrapes.median, "µs")
            }
            Figure.report(.measured, operation, "longest in 3 s", threads: threads, scrapes.longest, "µs")
        }
        return CrowdCosts(alone: alone, transfer: transfer)
    }

    /// What an update costs with a processor for each thread, all of them updating one metric without a pause.
    ///
    /// A thread that shares its stripe waits for the cache line as often as the others in the stripe take it.
    func extrapolate(to use: StripeUse) {
        for (update, cost) in alone {
            let others = update == .sharedWord ? Double(use.threads - 1) : use.meanOthers
            Figure.report(
                .extrapolated, update.rawValue, "one metric", threads: use.threads,
                cost + others * transfer * update.lines, "ns")
        }
    }
}
