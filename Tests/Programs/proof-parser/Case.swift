import Vernier
import VernierParsing

/// One page and what the parser makes of it.
struct Case {
    static let formats: [String: ExpositionFormat] = [
        "text": .text, "text-utf8": ExpositionFormat(.text, escaping: .allowUTF8), "utf8text": .utf8Text,
        "openmetrics": .openMetrics,
        "openmetrics-utf8": ExpositionFormat(.openMetrics, escaping: .allowUTF8),
    ]

    let format: ExpositionFormat
    let page: ArraySlice<UInt8>

    /// The verdict on the page as JSON of one line.
    var verdict: String {
        let whole = Self.read(page, format, piece: page.count)
        // The same page in small pieces must be the same to the parser.
        for piece in [1, 7] where Self.read(page, format, piece: piece) != whole {
            return Dump.object([("broken", Dump.string("pieces of \(piece) bytes are read otherwise"))])
        }
        switch whole {
        case .refused(let error):
            return Dump.object([
                ("accepted", "false"), ("line", "\(error.line)"), ("column", "\(error.column)"),
                ("found", Dump.string(error.found)),
                ("expected", Dump.string(error.expected)),
            ])
        case .accepted(let families, let dump):
            return Dump.object([
                ("accepted", "true"), ("again", Dump.string(again(families, dump))), ("families", dump),
            ])
        }
    }

    /// Whether a page of what was read is read as the same; otherwise how not.
    private func again(_ families: [MetricFamilySnapshot], _ dump: String) -> String {
        var format = format
        format.showsCreated = true
        do {
            let page = try format.page(of: families)
            switch Self.read(page[...], format, piece: page.count) {
            case .accepted(_, dump): return "same"
            case .accepted(_, let other): return "reads as \(other) from \(String(decoding: page, as: UTF8.self))"
            case .refused(let error): return "refused: \(error), in \(String(decoding: page, as: UTF8.self))"
            }
        } catch {
            return "not written: \(error)"
        }
    }

    enum Reading: Equatable {
        case refused(ExpositionError)
        case accepted([MetricFamilySnapshot], dump: String)

        static func == (left: Reading, right: Reading) -> Bool {
            switch (left, right) {
            case (.refused(let left), .refused(let right)): left == right
            // NaN is equal to itself here.
            case (.accepted(_, let left), .accepted(_, let right)): left == right
            default: false
            }
        }
    }

    static func read(_ page: ArraySlice<UInt8>, _ format: ExpositionFormat, piece: Int) -> Reading {
        var families: [MetricFamilySnapshot] = []
        var parser = ExpositionParser(format)
        do {
            var rest = page
            while !rest.isEmpty {
                try parser.parse(rest.prefix(piece)) { families.append($0) }
                rest = rest.dropFirst(piece)
            }
            try parser.finish { families.append($0) }
            return .accepted(families, dump: Dump.text(families))
        } catch let error as ExpositionError {
            return .refused(error)
        } catch {
            StandardStreams.quit("proof-parser: an error of another kind: \(error)", code: 70)
        }
    }
}

/// The program's input as cases.
struct Input {
    private var rest: ArraySlice<UInt8>
    /// Why there are no more cases, when that is not the end of the input.
    private(set) var problem: String?

    init(bytes: [UInt8]) { rest = bytes[...] }

    mutating func nextCase() -> Case? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return stop("a case without a page") }
        let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ")
        guard head.count == 2, let format = Case.formats[String(head[0])], let count = Int(head[1]), count >= 0,
            rest.endIndex - end - 1 >= count
        else { return stop("no case begins with \(head.joined(separator: " "))") }
        let page = rest[(end + 1)..<(end + 1 + count)]
        rest = rest[page.endIndex...]
        return Case(format: format, page: page)
    }

    private mutating func stop(_ problem: String) -> Case? {
        self.problem = problem
        return nil
    }
}
