// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
]

/// A product of a package that is resolved with one trait alone.
struct Outside {
    var name: String
    var package: String

    init(_ name: String, of package: String) {
        self.name = name
        self.package = package
    }

    func with(_ trait: String) -> Target.Dependency {
        .product(name: name, package: package, condition: .when(traits: [trait]))
    }
}

/// A library for hosts that use some package, and its tests: nothing in them is compiled, and nothing resolved, without its trait.
func adapter(
    _ name: String, trait: String, on ours: [Target.Dependency], _ outside: [Outside], tests: [Outside] = []
) -> [Target] {
    let testing: [Target.Dependency] = ["Vernier", "VernierParsing", "VernierTesting", .target(name: name)]
    return [
        .target(
            name: name, dependencies: ["Vernier"] + ours + outside.map { $0.with(trait) }, swiftSettings: settings),
        .testTarget(
            name: name + "Tests", dependencies: testing + ours + (outside + tests).map { $0.with(trait) },
            swiftSettings: settings),
    ]
}

let libraries: [Target] = [
    .target(name: "Vernier", swiftSettings: settings),
    .target(
        name: "VernierExporter",
        dependencies: ["Vernier", .target(name: "CZlib", condition: .when(traits: ["Gzip"]))],
        swiftSettings: settings),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "VernierParsing", dependencies: ["Vernier"], swiftSettings: settings),
    .target(name: "VernierTesting", dependencies: ["Vernier", "VernierParsing"], swiftSettings: settings),
    .target(name: "VernierInstrumentation", dependencies: ["Vernier"], swiftSettings: settings),
    .executableTarget(name: "quickstart", dependencies: ["Vernier", "VernierExporter"], swiftSettings: settings),
]

/// Tests of the core.
let coreTests: [Target] = [
    .testTarget(name: "VernierTests", dependencies: ["Vernier", "ProgramSupport"], swiftSettings: settings),
    .target(
        name: "ProgramSupport", dependencies: ["Vernier"], path: "Tests/Programs/support",
        swiftSettings: settings),
]

/// Tests of what else no trait changes, and the programs of proofs.
let tests: [Target] = [
    .testTarget(
        name: "VernierExporterTests",
        dependencies: [
            "Vernier", "VernierExporter", "ProgramSupport",
            .target(name: "CZlib", condition: .when(traits: ["Gzip"])),
        ],
        swiftSettings: settings),
    .testTarget(
        name: "VernierTestingTests", dependencies: ["Vernier", "VernierTesting"], swiftSettings: settings),
    .testTarget(
        name: "VernierParsingTests", dependencies: ["Vernier", "VernierParsing"], swiftSettings: settings),
    .executableTarget(
        name: "native-lists", dependencies: ["Vernier", "ProgramSupport"], path: "Tests/Programs/native-lists",
        swiftSettings: settings),
    .executableTarget(
        name: "proof-host", dependencies: ["Vernier", "VernierExporter", "ProgramSupport"],
        path: "Tests/Programs/proof-host", swiftSettings: settings),
    .executableTarget(
        name: "proof-parser", dependencies: ["Vernier", "VernierParsing"],
        path: "Tests/Programs/proof-parser", swiftSettings: settings),
    .executableTarget(
        name: "proof-formats", dependencies: ["Vernier", "VernierExporter", "ProgramSupport"],
        path: "Tests/Programs/proof-formats", swiftSettings: settings),
    .executableTarget(
        name: "proof-scale", dependencies: ["Vernier", "VernierExporter", "ProgramSupport"],
        path: "Tests/Programs/proof-scale", swiftSettings: settings),
    .executableTarget(
        name: "lint-pages", dependencies: ["Vernier", "VernierTesting"], path: "Tests/Programs/lint-pages",
        swiftSettings: settings),
    .executableTarget(
        name: "thread-model", dependencies: ["Vernier", "ProgramSupport"], path: "Tests/Programs/thread-model",
        swiftSettings: settings),
]

let adapters = [
    [
        .testTarget(
            name: "VernierInstrumentationTests",
            dependencies: ["Vernier", "VernierInstrumentation", "VernierTesting"], swiftSettings: settings)
    ],
    adapter(
        "VernierSwiftMetrics", trait: "SwiftMetrics", on: [], [Outside("CoreMetrics", of: "swift-metrics")],
        tests: [Outside("Metrics", of: "swift-metrics"), Outside("MetricsTestKit", of: "swift-metrics")]) + [
            .executableTarget(
                name: "host-reporting",
                dependencies: [
                    "VernierExporter", "VernierSwiftMetrics",
                    Outside("CoreMetrics", of: "swift-metrics").with("SwiftMetrics"),
                    Outside("Hummingbird", of: "hummingbird").with("Hummingbird"),
                    Outside("Logging", of: "swift-log").with("Hummingbird"),
                    Outside("GRPCCore", of: "grpc-swift-2").with("GRPC"),
                    Outside("GRPCNIOTransportHTTP2", of: "grpc-swift-nio-transport").with("GRPC"),
                    Outside("AsyncHTTPClient", of: "async-http-client").with("AsyncHTTPClient"),
                ], path: "Tests/Programs/host-reporting", swiftSettings: settings)
        ],
    adapter(
        "VernierHummingbird", trait: "Hummingbird", on: ["VernierExporter", "VernierInstrumentation"],
        [
            Outside("Hummingbird", of: "hummingbird"), Outside("HTTPTypes", of: "swift-http-types"),
            Outside("Logging", of: "swift-log"), Outside("NIOCore", of: "swift-nio"),
            Outside("NIOHTTP1", of: "swift-nio"),
        ],
        tests: [Outside("HummingbirdTesting", of: "hummingbird")]) + [
            .executableTarget(
                name: "host-hummingbird",
                dependencies: [
                    "Vernier", "VernierHummingbird", "VernierTracing",
                    .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Hummingbird"])),
                    .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Hummingbird"])),
                    .product(
                        name: "Tracing", package: "swift-distributed-tracing", condition: .when(traits: ["Tracing"])),
                ],
                path: "Tests/Programs/host-hummingbird", swiftSettings: settings)
        ],
    adapter(
        "VernierNIO", trait: "NIO", on: ["VernierExporter", "VernierInstrumentation"],
        [
            Outside("NIOCore", of: "swift-nio"), Outside("NIOHTTP1", of: "swift-nio"),
            Outside("NIOPosix", of: "swift-nio"), Outside("NIOSSL", of: "swift-nio-ssl"),
        ],
        tests: [Outside("NIOEmbedded", of: "swift-nio")]),
    [
        .executableTarget(
            name: "host-nio",
            dependencies: [
                "Vernier", "VernierExporter", "VernierInstrumentation", "VernierNIO",
                Outside("NIOCore", of: "swift-nio").with("NIO"), Outside("NIOHTTP1", of: "swift-nio").with("NIO"),
                Outside("NIOPosix", of: "swift-nio").with("NIO"),
            ], path: "Tests/Programs/host-nio", swiftSettings: settings)
    ],
    adapter(
        "VernierGRPC", trait: "GRPC", on: ["VernierInstrumentation"], [Outside("GRPCCore", of: "grpc-swift-2")],
        tests: [Outside("GRPCNIOTransportHTTP2", of: "grpc-swift-nio-transport")]),
    adapter(
        "VernierAsyncHTTPClient", trait: "AsyncHTTPClient", on: ["VernierInstrumentation"],
        [
            Outside("AsyncHTTPClient", of: "async-http-client"), Outside("NIOCore", of: "swift-nio"),
            Outside("NIOHTTP1", of: "swift-nio"), Outside("NIOPosix", of: "swift-nio"),
            Outside("Logging", of: "swift-log"),
        ]),
    adapter(
        "VernierGRDB", trait: "SQLite", on: ["VernierInstrumentation"],
        [Outside("GRDB", of: "GRDB.swift"), Outside("Logging", of: "swift-log")]),
    adapter(
        "VernierTracing", trait: "Tracing", on: [],
        [
            Outside("Tracing", of: "swift-distributed-tracing"),
            Outside("Instrumentation", of: "swift-distributed-tracing"),
            Outside("ServiceContextModule", of: "swift-service-context"),
        ],
        tests: [Outside("InMemoryTracing", of: "swift-distributed-tracing")]),
    adapter(
        "VernierServiceLifecycle", trait: "ServiceLifecycle", on: ["VernierExporter"],
        [Outside("ServiceLifecycle", of: "swift-service-lifecycle")],
        tests: [
            Outside("ServiceLifecycleTestKit", of: "swift-service-lifecycle"),
            Outside("UnixSignals", of: "swift-service-lifecycle"), Outside("Logging", of: "swift-log"),
        ]),
].flatMap { $0 }

/// CI chooses tests where it would otherwise compile the others anew: with VERNIER_TESTS=adapters, for each trait, as SwiftPM tells all of a package's
/// sources which traits there are; with VERNIER_TESTS=core, for a sanitizer.
let all =
    switch Context.environment["VERNIER_TESTS"] {
    case "adapters": libraries + adapters
    case "core": libraries + adapters.filter { $0.type == .regular } + coreTests
    default: libraries + adapters + coreTests + tests
    }

let package = Package(
    name: "vernier",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Vernier", targets: ["Vernier"]),
        .library(name: "VernierExporter", targets: ["VernierExporter"]),
        .library(name: "VernierParsing", targets: ["VernierParsing"]),
        .library(name: "VernierTesting", targets: ["VernierTesting"]),
        .library(name: "VernierInstrumentation", targets: ["VernierInstrumentation"]),
        .library(name: "VernierSwiftMetrics", targets: ["VernierSwiftMetrics"]),
        .library(name: "VernierHummingbird", targets: ["VernierHummingbird"]),
        .library(name: "VernierNIO", targets: ["VernierNIO"]),
        .library(name: "VernierGRPC", targets: ["VernierGRPC"]),
        .library(name: "VernierAsyncHTTPClient", targets: ["VernierAsyncHTTPClient"]),
        .library(name: "VernierGRDB", targets: ["VernierGRDB"]),
        .library(name: "VernierTracing", targets: ["VernierTracing"]),
        .library(name: "VernierServiceLifecycle", targets: ["VernierServiceLifecycle"]),
        .executable(name: "quickstart", targets: ["quickstart"]),
    ],
    traits: [
        .trait(name: "Gzip", description: "Compressed answers, with the system's zlib (Debian: zlib1g-dev)."),
        .trait(name: "SwiftMetrics", description: "A factory for swift-metrics."),
        .trait(name: "Hummingbird", description: "Middleware and routes for Hummingbird 2."),
        .trait(name: "NIO", description: "Channel handlers and an exporter with TLS on SwiftNIO."),
        .trait(name: "GRPC", description: "Interceptors for gRPC Swift 2."),
        .trait(name: "AsyncHTTPClient", description: "Metered requests of AsyncHTTPClient."),
        .trait(name: "SQLite", description: "Timing of the queries of GRDB."),
        .trait(name: "Tracing", description: "Exemplars with the trace of swift-distributed-tracing."),
        .trait(name: "ServiceLifecycle", description: "The exporter as a service of swift-service-lifecycle."),
        .default(enabledTraits: []),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-service-context", from: "1.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.0"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: all
)
