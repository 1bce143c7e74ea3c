// Proves what the library promises about size: making many series, showing them, and answering while others are in the way.
//
//     proof-scale              runs every check, some tens of seconds in a release build
//     proof-scale --self-test  shows that every check can fail
//
// Each check prints one line, `ok …` or `FAILED …`; the exit code is 1 when one failed.
import ProgramSupport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

let isSelfTest: Bool
do {
    isSelfTest = try Arguments(CommandLine.arguments.dropFirst(), options: [], flags: ["--self-test"]).has(
        "--self-test")
} catch {
    System.complain("proof-scale: \(error)\nusage: proof-scale [--self-test]")
    exit(64)
}
exit(isSelfTest ? SelfTest.run() : runChecks())

private func runChecks() -> Int32 {
    let began = ContinuousClock.now
    var areAllGood = true
    func show(_ figures: some Figures) {
        System.say(figures.line)
        if figures.problem != nil { areAllGood = false }
    }
    // Those that watch memory come first: what others gave back to the allocator could hide what these take.
    show(SlowClientFigures.measure(clients: 1_000))
    show(BlockedPoolFigures.measure())
    let (exposed, served) = StreamingFigures.measure(series: 1_000_000)
    show(exposed)
    show(served)
    show(CreationFigures.measure(series: 100_000, runs: 7))
    show(CreationFigures.measure(series: 1_000_000, runs: 3))
    let seconds = Rounded(ContinuousClock.now - began, .seconds(1))
    System.say("\(areAllGood ? "all ok" : "FAILED") after \(seconds) s")
    return areAllGood ? 0 : 1
}
