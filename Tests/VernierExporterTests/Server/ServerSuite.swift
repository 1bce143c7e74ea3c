import Testing

/// Everything with sockets and threads, one after the other: these tests count descriptors and measure time.
@Suite(.serialized, .wholeMachine) enum ServerSuite {}
