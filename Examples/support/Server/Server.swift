import ExampleSupport
package import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// Serves a router on the loopback until SIGTERM or SIGINT comes.
///
/// Requests under way are then answered, for five seconds at most; after that they are cancelled. A connection on which nothing comes for
/// a minute is closed, also in the middle of a request.
///
/// - Parameters:
///   - port: where to listen; 0 takes any free port.
///   - option: the option with which another port can be named.
///   - onStart: is called with the address when connections are accepted.
/// - Throws: a `Problem` that names the port when nobody can listen there.
package func serve(
    _ router: Router<BasicRequestContext>, port: Int, option: String = "--port", logger: Logger,
    onStart: @escaping @Sendable (_ address: String) -> Void
) async throws {
    let application = Application(
        router: router,
        server: .http1(configuration: .init(idleTimeout: .seconds(60))),
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
        onServerRunning: { onStart("http://127.0.0.1:\($0.localAddress?.port ?? port)") },
        logger: logger)
    var configuration = ServiceGroupConfiguration(
        services: [application], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(5)
    do {
        try await ServiceGroup(configuration: configuration).run()
    } catch is CancellationError {
        // The time was over, and what was still under way was given up.
    } catch let error as IOError {
        throw Problem("port \(port) cannot be used (\(error)): name another one with \(option), or 0 for any free one")
    }
}
