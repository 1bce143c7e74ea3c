import Vernier

/// Why something could not be read: a label with three values, so that all three series are there from the start.
enum Reason: String, FiniteLabel {
    case forbidden, vanished, other
}

/// Everything that this program measures.
///
/// The instruments are the members of one value, which is made when the program starts: all of them are on the first page.
struct Metrics: Sendable {
    let files = Counter("files_read", help: "Files read to their end.")

    // The kind of a file is its extension, which anybody may choose. The limit keeps the number of series in bounds: beyond
    // it the rest is counted together, as `kind="__overflow__"`.
    let bytes = CounterFamily(
        "files_read", unit: .bytes, help: "Bytes read, by kind of file.", labels: .of(Label<String>("kind")), limit: 40)
    let lines = CounterFamily(
        "file_lines", help: "Lines read, by kind of file.", labels: .of(Label<String>("kind")), limit: 40)
    let words = CounterFamily(
        "file_words", help: "Words read, by kind of file.", labels: .of(Label<String>("kind")), limit: 40)

    let unreadable = CounterFamily(
        "files_unreadable", help: "Files and directories that could not be read.",
        labels: .of(Label<Reason>("reason")))

    let readTime = Histogram(
        "file_read_duration", unit: .seconds, help: "Time to read one file.",
        buckets: .exponential(start: 0.00001, factor: 4, count: 9))

    let open = UpDownCounter("files_open", help: "Files that are being read now.")
    let found = Gauge("directory_files", help: "Files that the last complete walk found.")
    let lastWalk = Gauge("directory_last_walk_timestamp", unit: .seconds, help: "When the last complete walk ended.")

    // Two families: durations by outcome (ok, error, cancelled), and how many are in flight.
    let walk = Operation(
        "directory_walk", help: "Walking the directory once.", buckets: [0.01, 0.1, 0.5, 1, 5, 10, 60])
}
