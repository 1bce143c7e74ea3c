import Benchmark
import Foundation
import Vernier
import VernierExporter
import Workloads

/// The cost of a scrape over a loopback connection, from connecting to the last byte.
enum ExporterSuite {
    /// A server over a full registry, and where it listens.
    private struct Exporter: Sendable {
        let server: MetricsServer
        let port: Int
    }

    static func register() {
        Benchmark("exporter: 10,000 counters, a connection each") { (benchmark, exporter: Exporter) in
            for _ in benchmark.scaledIterations where scrape(port: exporter.port) == 0 {
                benchmark.error("the exporter has not answered")
            }
        } setup: {
            let registry = Registry()
            Workloads.fillCounters(registry)
            let server = try MetricsServer.start(port: 0, registry: registry)
            return Exporter(server: server, port: server.port ?? 0)
        }
    }

    /// Asks for the page and reads it to its end.
    ///
    /// - Returns: how many bytes came, 0 when there was no connection.
    private static func scrape(port: Int) -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return 0 }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let request = Array("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // SAFETY: the address and the buffers outlive the calls, which are told their sizes.
        let isConnected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                unsafe connect(descriptor, socketAddress, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard isConnected == 0, unsafe send(descriptor, request, request.count, 0) == request.count else { return 0 }
        var total = 0
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return total }
            total += count
        }
    }
}
