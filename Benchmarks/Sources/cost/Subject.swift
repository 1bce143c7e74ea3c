import CProbe
import Synchronization
import Workloads

/// Something whose cost is counted: a workload, or a control of which the cost is known.
struct Subject: Sendable {
    let workload: Workload
    /// What must be counted, for a control.
    let known: (allocations: Double?, instructions: Double?)?

    private init(_ workload: Workload) {
        self.workload = workload
        known = nil
    }

    private init(
        control name: String, allocations: Double?, instructions: Double?, _ loop: @escaping Workload.Loop
    ) {
        workload = Workload("control", name, .reference) { loop }
        known = (allocations, instructions)
    }

    /// How many preparations are counted together.
    ///
    /// Where labels are hashed with random seeds, some tables have longer ways than others; the sum of many hardly differs.
    var copies: Int { workload.kind == .update && known == nil ? 32 : 1 }

    /// How many turns the loop of each preparation does.
    var turns: Int {
        switch workload.kind {
        case .reference: 16_384
        case .update: 2_048
        case .scrape: 2
        case .making: 8_192
        }
    }

    /// How many units that is in all.
    var units: Double { Double(copies * turns * workload.units) }

    /// Makes all loops and lets each run a little, so that nothing is done for the first time while it is counted.
    func prepared() -> [Workload.Loop] {
        (0..<copies).map { _ in
            let loop = workload.prepare()
            loop(workload.kind == .scrape ? 1 : 64)
            return loop
        }
    }

    /// All workloads, after the controls.
    static let all = controls + Workloads.all.map { Subject($0) }

    private static let controls = [
        Subject(control: "one object a turn", allocations: 1, instructions: nil) { objectLoop($0) },
        Subject(control: "one aligned block a turn", allocations: 1, instructions: nil) { blockLoop($0) },
        Subject(control: "ten instructions a turn", allocations: 0, instructions: 10) {
            _ = probe_ten_instructions(UInt64($0))
        },
    ]
}

/// Where the controls leave what they allocate, so that the compiler cannot leave the allocation out.
private let kept = Atomic<UInt>(0)

private final class Object {}

@inline(never)
private func objectLoop(_ count: Int) {
    for _ in 0..<count { kept.store(UInt(bitPattern: ObjectIdentifier(Object())), ordering: .relaxed) }
}

@inline(never)
private func blockLoop(_ count: Int) {
    for _ in 0..<count {
        // SAFETY: nobody uses the block, and it is freed at once.
        let block = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        kept.store(UInt(bitPattern: block), ordering: .relaxed)
        unsafe block.deallocate()
    }
}
