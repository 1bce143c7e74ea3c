import Foundation

/// The accepted values: a table of operation, variant, allocations and instructions a unit, separated by tabs.
struct Thresholds: Sendable {
    /// One operation's accepted values.
    struct Row: Sendable {
        let operation: String
        let variant: String
        var allocations: Double
        var instructions: Double

        var name: String { variant.isEmpty ? operation : "\(operation), \(variant)" }
    }

    var rows: [Row]

    /// Instructions are those of one system and processor, so each kind of machine has a file of its own.
    static var defaultFile: String {
        #if arch(x86_64)
            let processor = "x86_64"
        #elseif arch(arm64)
            let processor = "arm64"
        #else
            let processor = "other"
        #endif
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../Thresholds/linux-\(processor).tsv"
        ).standardizedFileURL.path
    }

    private static let header = "operation\tvariant\tallocations\tinstructions"

    /// Takes what was counted, without the controls.
    init(_ counts: [Count]) {
        rows = counts.filter { $0.known == nil }.map {
            Row(
                operation: $0.operation, variant: $0.variant, allocations: $0.allocations, instructions: $0.instructions
            )
        }
    }

    /// Reads a file; `nil` when it is not there or is not such a table.
    init?(readingFrom file: String) {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return nil }
        self.init(text)
    }

    /// Reads a table.
    init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard lines.first.map(String.init) == Self.header else { return nil }
        rows = []
        for line in lines.dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 4, let allocations = Double(fields[2]), let instructions = Double(fields[3]) else {
                return nil
            }
            rows.append(
                Row(
                    operation: String(fields[0]), variant: String(fields[1]), allocations: allocations,
                    instructions: instructions))
        }
    }

    /// The table's text.
    var text: String {
        ([Self.header]
            + rows.map {
                [$0.operation, $0.variant, Report.allocations($0.allocations), Report.instructions($0.instructions)]
                    .joined(separator: "\t")
            }).joined(separator: "\n") + "\n"
    }

    /// Writes the table; `false` when that cannot be done.
    func write(to file: String) -> Bool {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return (try? text.write(toFile: file, atomically: true, encoding: .utf8)) != nil
    }
}
