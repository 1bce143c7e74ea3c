extension Histogram {
    /// Observes a number and refers to something outside, such as the trace that it belongs to.
    ///
    /// ```swift
    /// sizes.observe(body.count, exemplar: ["trace_id": trace.id])
    /// ```
    ///
    /// The number's bucket keeps the newest exemplar; with automatic sampling it takes one in each interval. An exemplar that is not
    /// allowed, or one of NaN, is counted in `vernier_rejected_exemplars_total`: see ``ExemplarLabels``.
    ///
    /// - Parameters:
    ///   - value: what to observe.
    ///   - exemplar: what to refer to, or `nil` for nothing; not evaluated when the interval says no.
    /// - Complexity: no lock, no wait; an exemplar that is kept allocates.
    public func observe(_ value: Double, exemplar: @autoclosure () -> ExemplarLabels?) {
        cell.observe(value, bucket: cell.shared.bucket(of: value), exemplar: exemplar)
    }

    /// Observes a whole number and refers to something outside, such as the trace that it belongs to.
    public func observe(_ value: Int, exemplar: @autoclosure () -> ExemplarLabels?) {
        observe(Double(value), exemplar: exemplar())
    }

    /// Observes a duration, to the nanosecond, and refers to something outside, such as the trace that it belongs to.
    ///
    /// The exemplar's value is in seconds. A negative duration is refused and counted in `vernier_rejected_updates_total`.
    public func observe(_ duration: Duration, exemplar: @autoclosure () -> ExemplarLabels?) {
        guard let nanoseconds = duration.wholeNanoseconds else { return cell.reject() }
        cell.observe(
            nanoseconds: nanoseconds, bucket: cell.shared.bucket(ofNanoseconds: nanoseconds), exemplar: exemplar)
    }
}
