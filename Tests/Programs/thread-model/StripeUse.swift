import Vernier

/// How threads of this machine's C library spread over the stripes that a machine with as many processors would have.
struct StripeUse {
    let threads: Int
    let stripes: Int
    /// The stripe of each thread.
    let stripeOfThread: [Int]

    /// Starts the threads, at three usual sizes of stack, and keeps what the default one gave.
    static func measure(threads: Int) -> StripeUse {
        let kibibytes = [512, 1024, 8192]
        let uses = kibibytes.map { size in
            let hints = Lock(Array(repeating: 0, count: threads))
            _ = Crowd.run(threads, stackBytes: size << 10) { thread in
                let hint = Int(Stripe.hint)
                hints.withLock { $0[thread] = hint }
            }
            let stripes = Stripe.count(forProcessors: threads)
            return StripeUse(
                threads: threads, stripes: stripes, stripeOfThread: hints.withLock { $0 }.map { $0 % stripes })
        }
        for (size, use) in zip(kibibytes, uses) {
            Figure.report(
                .measured, "other threads in a thread's stripe", "stacks of \(size) KiB", threads: threads,
                use.meanOthers,
                "threads")
        }
        Figure.report(
            .extrapolated, "stripes of a metric", threads: threads, Double(Stripe.count(forProcessors: threads)),
            "stripes")
        return uses[kibibytes.count - 1]
    }

    /// How many other threads share a thread's stripe, on average over the threads.
    var meanOthers: Double {
        var members = Array(repeating: 0, count: stripes)
        for stripe in stripeOfThread { members[stripe] += 1 }
        return Double(stripeOfThread.reduce(0) { $0 + members[$1] - 1 }) / Double(threads)
    }
}
