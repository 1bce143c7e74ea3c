/// Shows rows to a person: an operation a line, a library a column.
struct Table {
    private let columns: [String]
    private var lines: [[String]] = []

    /// Arranges rows; what tells about the run and the spread of values stays out.
    init(_ rows: [Row]) {
        var shown: [String: [String: String]] = [:]
        var order: [String] = []
        var libraries: [String] = []
        for row in rows where row.library != "run" && row.operation != "version" {
            if row.variant.hasSuffix("least") || row.variant.hasSuffix("most") { continue }
            let key = row.variant.isEmpty ? row.operation : "\(row.operation), \(row.variant)"
            if shown[key] == nil { order.append(key) }
            if !libraries.contains(row.library) { libraries.append(row.library) }
            let value =
                switch row.unit {
                case "x bare": "(\(row.value))"
                case let unit where unit.hasPrefix("x "): "(\(row.value) \(unit))"
                case "ns": row.value
                default: "\(row.value) \(row.unit)"
                }
            let before = shown[key]?[row.library].map { "\($0) " } ?? ""
            shown[key, default: [:]][row.library] = before + value
        }
        columns = ["ns, (x bare)"] + libraries
        for key in order { lines.append([key] + libraries.map { shown[key]?[$0] ?? "-" }) }
    }

    /// The table as text.
    var text: String {
        let all = [columns] + lines
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { line in
            zip(line, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
