/// What `/proc/<pid>/stat` says, as far as metrics need it (Linux, proc(5)).
struct ProcessStatus: Equatable {
    var threads: UInt64
    /// The start of the process, in clock ticks since the start of the system.
    var startTicks: UInt64
    var virtualBytes: UInt64
    var residentPages: UInt64

    /// Reads a line of the file; `nil` when it is not such a line.
    ///
    /// The second field is the program's name in parentheses. The program chooses the name, spaces, parentheses and line
    /// feeds included, so that the other fields are counted from the last closing parenthesis.
    init?(parsing line: [UInt8]) {
        guard let nameEnd = line.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        // Split off at most as many fields as are looked at; the first of them is the third of the line.
        let fields = line[(nameEnd + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 22)
        guard fields.count > 21,
            let threads = ProcessStatus.number(fields[17]),
            let startTicks = ProcessStatus.number(fields[19]),
            let virtualBytes = ProcessStatus.number(fields[20]),
            let residentPages = ProcessStatus.number(fields[21])
        else { return nil }
        self.threads = threads
        self.startTicks = startTicks
        self.virtualBytes = virtualBytes
        self.residentPages = residentPages
    }

    /// When the process started, in Unix time, as exactly as ticks say it.
    ///
    /// - Parameter systemStart: When the system started, in nanoseconds of Unix time.
    func startSeconds(systemStart: Int64, ticksPerSecond: Int) -> Double {
        let ticks = Double(systemStart) / 1e9 * Double(ticksPerSecond) + Double(startTicks)
        return ticks.rounded() / Double(ticksPerSecond)
    }

    private static func number(_ field: ArraySlice<UInt8>) -> UInt64? {
        let digits = field.last == UInt8(ascii: "\n") ? field.dropLast() : field
        return UInt64(String(decoding: digits, as: UTF8.self))
    }
}
