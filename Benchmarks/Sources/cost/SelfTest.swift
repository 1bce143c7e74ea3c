import Workloads

/// Shows that every gate can fail: the accepted values stand in for counts, and one thing at a time is changed.
enum SelfTest {
    /// Runs all cases and prints a line each; `false` when one does not end as it should.
    static func run(_ file: String) -> Bool {
        guard let accepted = Thresholds(readingFrom: file) else {
            print("FAILED  there are no accepted values in \(file): \(Report.acceptCommand)")
            return false
        }
        let counts = Subject.all.map { subject in
            let row = accepted.rows.first { $0.name == subject.workload.name }
            return Count(
                subject, allocations: subject.known?.allocations ?? row?.allocations ?? 0,
                instructions: subject.known?.instructions ?? row?.instructions ?? 0)
        }
        var isGood = true
        for test in cases {
            var (counts, accepted) = (counts, Optional(accepted))
            test.change(&counts, &accepted)
            let found = Set(Gate.judge(counts, accepted).filter(\.isBad).map(\.verdict))
            let isRight = found == (test.expected.map { [$0] } ?? [])
            if !isRight { isGood = false }
            print("\(isRight ? "ok      " : "FAILED  ")\(test.name): \(test.expected?.rawValue ?? "passes")")
        }
        var allocating = counts
        allocating.change(update) { $0.allocations = 1 }
        let isRefused = !Gate.unacceptable(allocating).isEmpty && Gate.unacceptable(counts).isEmpty
        print("\(isRefused ? "ok      " : "FAILED  ")an update that allocates cannot be accepted")
        return isGood && isRefused
    }

    private static let update = Workloads.counterIncrement.name
    private static let page = Workloads.counterPage.name
    private static let making = Workloads.makeCounters.name

    private struct Case {
        let name: String
        /// The one verdict that is wanted; none when all is well.
        let expected: Finding.Verdict?
        let change: (inout [Count], inout Thresholds?) -> Void

        init(
            _ name: String, _ expected: Finding.Verdict?, _ change: @escaping (inout [Count], inout Thresholds?) -> Void
        ) {
            self.name = name
            self.expected = expected
            self.change = change
        }
    }

    private static var cases: [Case] {
        [
            Case("as accepted", nil) { _, _ in },
            Case("half an instruction more", nil) { counts, _ in counts.change(update) { $0.instructions += 0.5 } },
            Case("two instructions more", .worse) { counts, _ in counts.change(update) { $0.instructions += 2 } },
            Case("two instructions fewer", .better) { counts, _ in counts.change(update) { $0.instructions -= 2 } },
            Case("accepted instructions raised", .better) { _, table in table?.change(update) { $0.instructions += 2 }
            },
            Case("accepted instructions lowered", .worse) { _, table in table?.change(update) { $0.instructions -= 2 }
            },
            Case("instructions that are no number", .worse) { counts, _ in
                counts.change(update) { $0.instructions = .nan }
            },
            Case("one allocation in a thousand updates", .wrong) { counts, _ in
                counts.change(update) { $0.allocations = 0.001 }
            },
            Case("an allocating update, accepted as such", .wrong) { counts, table in
                counts.change(update) { $0.allocations = 1 }
                table?.change(update) { $0.allocations = 1 }
            },
            Case("accepted allocations of an update raised", .wrong) { _, table in
                table?.change(update) { $0.allocations = 1 }
            },
            Case("a page a tenth dearer", .worse) { counts, _ in counts.change(page) { $0.instructions *= 1.1 } },
            Case("a page with an allocation a series", .wrong) { counts, _ in
                counts.change(page) { $0.allocations += 1 }
            },
            Case("a page with an allocation every fiftieth series", .worse) { counts, _ in
                counts.change(page) { $0.allocations += 0.02 }
            },
            Case("making a series with an allocation more", .worse) { counts, _ in
                counts.change(making) { $0.allocations += 1 }
            },
            Case("making a series a tenth cheaper", .better) { counts, _ in
                counts.change(making) { $0.instructions *= 0.9 }
            },
            Case("a workload without an accepted value", .wrong) { _, table in table?.rows.removeLast() },
            Case("an accepted value without a workload", .wrong) { counts, _ in counts.removeLast() },
            Case("an accepted value twice", .wrong) { _, table in
                guard let row = table?.rows.first else { return }
                table?.rows.append(row)
            },
            Case("no accepted values", .wrong) { _, table in table = nil },
            Case("a counter that misses allocations", .wrong) { counts, _ in
                counts.change("control, one object a turn") { $0.allocations = 0 }
            },
            Case("a counter that misses instructions", .wrong) { counts, _ in
                counts.change("control, ten instructions a turn") { $0.instructions = 5 }
            },
        ]
    }
}

extension [Count] {
    fileprivate mutating func change(_ name: String, _ body: (inout Count) -> Void) {
        for index in indices where self[index].name == name { body(&self[index]) }
    }
}

extension Thresholds {
    fileprivate mutating func change(_ name: String, _ body: (inout Row) -> Void) {
        for index in rows.indices where rows[index].name == name { body(&rows[index]) }
    }
}
