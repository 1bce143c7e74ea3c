#if GRPC
    import GRPCCore
    import Testing
    import Vernier
    import VernierInstrumentation
    import VernierTesting

    @testable import VernierGRPC

    @Suite(.isolatedRegistry) struct CallDeadlineTests {
        @Test(
            arguments: [
                ("1H", .seconds(3_600)), ("2M", .seconds(120)), ("3S", .seconds(3)), ("100m", .milliseconds(100)),
                ("5u", .microseconds(5)), ("99999999n", .nanoseconds(99_999_999)), ("0S", .zero),
                ("99999999H", .seconds(359_999_996_400)),
            ] as [(String, Duration)]) func `a time is read`(_ text: String, _ duration: Duration)
        {
            #expect(CallDeadline.duration(text) == duration)
        }

        @Test(arguments: ["", "S", "5", "-1S", "+1S", "1.5S", "123456789S", "1s", "1h", " 1S", "1S ", "1é"])
        func `a text that is no time is none`(_ text: String) {
            #expect(CallDeadline.duration(text) == nil)
        }

        @Test func `a call that is cancelled when its time is over met its deadline`() {
            let call = RPCMetrics(.client).start("a/b")
            func judge(_ status: RPCStatus, _ timeout: String?) -> RPCStatus {
                var metadata = Metadata()
                if let timeout { metadata.addString(timeout, forKey: "grpc-timeout") }
                return CallDeadline(metadata).judge(status, of: call)
            }
            #expect(judge(.cancelled, "0S") == .deadlineExceeded)
            #expect(judge(.cancelled, "10m") == .deadlineExceeded)
            #expect(judge(.cancelled, "1H") == .cancelled)
            #expect(judge(.cancelled, nil) == .cancelled)
            #expect(judge(.cancelled, "odd") == .cancelled)
            #expect(judge(.ok, "0S") == .ok)
            #expect(judge(.unavailable, "0S") == .unavailable)
        }
    }
#endif
