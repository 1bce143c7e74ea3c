import Testing

@testable import Vernier

@Suite struct FaultTests {
    @Test func `a clash stops the program with a message that names both sides`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let registry = Registry(clashPolicy: .stop)
            _ = Counter("jobs_done", help: "Jobs that are done.", registry: registry)
            _ = CounterFamily(
                "jobs_done", help: "Jobs.", labels: .of(Label<String>("queue")), registry: registry)
        }
        let message = text(result?.standardErrorContent ?? [])
        #expect(message.contains("Bug in user code"))
        #expect(message.contains("counter \"jobs_done\" with labels (queue), help \"Jobs.\""))
        #expect(message.contains("counter \"jobs_done\" without labels, help \"Jobs that are done.\""))
        #expect(message.contains("help and labels ([\"queue\"], [])"))
    }

    @Test func `a name that is not allowed stops the program with a message that says why`() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Gauge("", help: "Warmth.", registry: Registry(clashPolicy: .stop))
        }
        let message = text(result?.standardErrorContent ?? [])
        #expect(message.contains("help \"Warmth.\""))
        #expect(message.contains("a metric name consists of"))
    }

    @Test func `a debug build stops and a release build detaches`() {
        #if DEBUG
            #expect(ClashPolicy.byBuild == .stop)
        #else
            #expect(ClashPolicy.byBuild == .detach)
        #endif
        #expect(Registry().clashPolicy == .byBuild)
    }
}
