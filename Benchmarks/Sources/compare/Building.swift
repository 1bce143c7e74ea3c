import Foundation

/// What using the library costs a program's build: the time of a clean one, and the size of the result.
struct Building {
    /// The library's own package.
    var package: URL
    /// Where to build.
    var folder: URL
    var progress: (String) -> Void

    /// Builds the core in debug, several times from nothing, and programs that differ in using the library.
    func rows(times: Int) throws -> [Row] {
        var seconds: [Double] = []
        for number in 1...times {
            progress("clean debug build of the core, \(number) of \(times)")
            let scratch = folder.appending(path: "core-\(number)")
            let took = try ContinuousClock().measure {
                try swift([
                    "build", "--target", "Vernier", "--package-path", package.path, "--scratch-path", scratch.path,
                ])
            }
            seconds.append(took / .seconds(1))
            try FileManager.default.removeItem(at: scratch)
        }
        progress("statically linked programs")
        let sizes = try programSizes()
        return [
            Row(
                VernierLibrary.name, "clean debug build of the core", "\(Machine.processors) processors",
                seconds.median, "s"),
            Row("machine", "size of a hello world", "static, stripped", Double(sizes.without) / 1e6, "MB"),
            Row("machine", "size of a hello world that awaits", "static, stripped", Double(sizes.awaiting) / 1e6, "MB"),
            Row(
                VernierLibrary.name, "size that Vernier and its exporter add", "static, stripped",
                Double(sizes.with - sizes.without) / 1e6, "MB"),
            Row(
                VernierLibrary.name, "size that Vernier and its exporter add", "static, stripped, to one that awaits",
                Double(sizes.with - sizes.awaiting) / 1e6, "MB"),
        ]
    }

    private func programSizes() throws -> (without: Int, awaiting: Int, with: Int) {
        let program = folder.appending(path: "programs")
        let files = [
            "Package.swift": """
            // swift-tools-version: 6.2
            import PackageDescription

            let package = Package(
                name: "programs",
                platforms: [.macOS(.v15)],
                dependencies: [.package(name: "vernier", path: "\(package.path)")],
                targets: [
                    .executableTarget(name: "without"),
                    .executableTarget(name: "awaiting"),
                    .executableTarget(
                        name: "with",
                        dependencies: [
                            .product(name: "Vernier", package: "vernier"),
                            .product(name: "VernierExporter", package: "vernier"),
                        ]),
                ]
            )
            """,
            "Sources/without/main.swift": "print(\"Hello\")\n",
            // What Swift's concurrency runtime takes is in here, and in every program that uses it.
            "Sources/awaiting/main.swift": "try await Task.sleep(for: .milliseconds(1))\nprint(\"Hello\")\n",
            "Sources/with/main.swift": """
            import Vernier
            import VernierExporter

            let greetings = Counter("greetings", help: "Greetings said.")
            let latency = Histogram("greeting_duration", unit: .seconds, help: "Time to greet.")
            let server = try MetricsServer.start()
            latency.measure { print("Hello", server.url) }
            greetings.increment()

            """,
        ]
        for (name, text) in files {
            let file = program.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        let build = ["build", "-c", "release", "--static-swift-stdlib", "--package-path", program.path]
        try swift(build)
        let products = try swift(build + ["--show-bin-path"]).trimmingCharacters(in: .whitespacesAndNewlines)
        return (
            without: try strippedSize("\(products)/without"), awaiting: try strippedSize("\(products)/awaiting"),
            with: try strippedSize("\(products)/with")
        )
    }

    private func strippedSize(_ program: String) throws -> Int {
        try Command(["strip", "-o", "\(program).stripped", program]).text()
        return try FileManager.default.attributesOfItem(atPath: "\(program).stripped")[.size] as? Int ?? 0
    }

    @discardableResult
    private func swift(_ arguments: [String]) throws -> String { try Command(["swift"] + arguments).text() }
}
