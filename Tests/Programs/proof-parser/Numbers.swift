import Vernier
import VernierParsing

/// Doubles as text, and that text read again.
enum Numbers {
    /// Writes a line for each double of the input.
    static func answer(_ input: [UInt8]) {
        var line = PageBuffer(minimumCapacity: 64)
        for start in stride(from: 0, to: input.count - 7, by: 8) {
            let value = Double(bitPattern: input[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
            line.removeAll()
            line.append(double: value)
            let text = String(decoding: line.array, as: UTF8.self)
            StandardStreams.put(text)
            let read = self.read(text)
            let isSame = read?.bitPattern == value.bitPattern || (value.isNaN && read?.isNaN == true)
            StandardStreams.put(isSame ? "\n" : " reads back as \(read.map { "\($0)" } ?? "nothing")\n")
        }
    }

    /// Reads the number as the value of a sample.
    private static func read(_ text: String) -> Double? {
        guard let family = try? [MetricFamilySnapshot](parsing: "a \(text)\n", as: .text).first,
            case .unknown(let value) = family.metrics.first?.point
        else { return nil }
        return value
    }
}
