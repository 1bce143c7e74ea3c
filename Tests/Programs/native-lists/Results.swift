import ProgramSupport
import Vernier

/// Observes the lists of standard input and writes what the histograms are.
enum Results {
    static func write() throws {
        var output = Output()
        var family: HistogramFamily<Labels1<String>>?
        var registry = Registry()
        for line in Input.lines() {
            let words = line.split(separator: " ")
            if words.first == "h" {
                registry = Registry()
                family = try self.family(words, registry)
            } else if words.first == "l", let family {
                family.remove("list")
                let histogram = family["list"]
                for word in words.dropFirst() {
                    if word == "s" {
                        write(registry, to: &output)
                    } else if let bits = UInt64(word, radix: 16) {
                        histogram.observe(Double(bitPattern: bits))
                    } else {
                        throw ListError(description: "'\(word)' is no value")
                    }
                }
                write(registry, to: &output)
            } else {
                throw ListError(description: "a line begins with '\(words.first ?? "")'; h or l is expected")
            }
        }
        output.flush()
    }

    private static func family(
        _ words: [Substring], _ registry: Registry
    ) throws -> HistogramFamily<Labels1<String>> {
        guard words.count == 7, let factor = UInt64(words[1], radix: 16), let limit = Int(words[2]),
            let zero = UInt64(words[3], radix: 16), let maximum = UInt64(words[4], radix: 16),
            let reset = Int64(words[5])
        else { throw ListError(description: "the settings '\(words.joined(separator: " "))' are not complete") }
        return try HistogramFamily(
            validating: "lists", help: "A list.", buckets: words[6] == "1" ? .default : .none,
            native: NativeBuckets(
                growthFactor: Double(bitPattern: factor), limit: limit, zeroThreshold: Double(bitPattern: zero),
                maximumZeroThreshold: Double(bitPattern: maximum),
                minimumResetInterval: reset == 0 ? nil : .nanoseconds(reset)),
            labels: .of(Label<String>("list")), registry: registry)
    }

    private static func write(_ registry: Registry, to output: inout Output) {
        guard case .histogram(let point)? = registry.gather(names: ["lists"]).first?.metrics.first?.point,
            let native = point.native
        else { return output.text("no native histogram\n") }
        output.text("\(native.schema)")
        output.hexadecimal(native.zeroThreshold.bitPattern)
        output.decimal(Int(native.zeroCount))
        output.decimal(Int(point.count))
        let sum = point.sum ?? .nan
        if sum.isNaN { output.text(" nan") } else { output.hexadecimal(sum.bitPattern) }
        for buckets in [native.positive, native.negative] {
            let (spans, deltas) = NativeHistogramPoint.spans(of: buckets)
            output.text(" |")
            for span in spans { output.text(" \(span.offset):\(span.length)") }
            output.text(" |")
            for delta in deltas { output.decimal(Int(delta)) }
        }
        output.text(" |")
        for bucket in point.buckets.dropLast() { output.decimal(Int(bucket.cumulativeCount)) }
        output.text("\n")
    }
}
