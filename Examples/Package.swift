// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
]

func vernier(_ names: String...) -> [Target.Dependency] {
    names.map { .product(name: $0, package: "vernier") }
}

let http: [Target.Dependency] = [
    "ExampleSupport",
    .product(name: "Hummingbird", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
]
/// What a host with an HTTP interface needs.
let server =
    vernier("Vernier", "VernierExporter", "VernierInstrumentation", "VernierHummingbird") + ["ExampleServer"] + http
let database: [Target.Dependency] = vernier("VernierGRDB") + [.product(name: "GRDB", package: "GRDB.swift")]

/// A program and its README, settings and queries in one folder.
func host(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "\(name)/Sources", swiftSettings: settings)
}

// A package of its own, so that nobody who uses the library resolves what its examples need.
let package = Package(
    name: "examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(
            name: "vernier", path: "..",
            traits: ["AsyncHTTPClient", "Hummingbird", "SQLite", "ServiceLifecycle", "Tracing"]),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // What several programs need and that has nothing to do with metrics.
        .target(name: "ExampleSupport", path: "support/Sources", swiftSettings: settings),
        .target(
            name: "ExampleServer",
            dependencies: http + [
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ], path: "support/Server", swiftSettings: settings),
        host("hook-runner", server + database),
        host("model-api", server),
        host("paginated-api", server + database),
        .executableTarget(
            name: "load",
            dependencies: vernier("Vernier", "VernierInstrumentation", "VernierAsyncHTTPClient") + [
                "ExampleSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ], path: "load/Sources", swiftSettings: settings),
        .testTarget(
            name: "HookRunnerTests",
            dependencies: ["hook-runner", "ExampleSupport"]
                + vernier("Vernier", "VernierTesting", "VernierInstrumentation"),
            swiftSettings: settings),
        .testTarget(name: "LoadTests", dependencies: ["load", "ExampleSupport"], swiftSettings: settings),
        .testTarget(name: "ExampleSupportTests", dependencies: ["ExampleSupport"], swiftSettings: settings),
        .testTarget(
            name: "ModelAPITests",
            dependencies: ["model-api", "ExampleSupport"]
                + vernier("Vernier", "VernierTesting", "VernierInstrumentation"),
            swiftSettings: settings),
        .testTarget(
            name: "PaginatedAPITests",
            dependencies: ["paginated-api", "ExampleSupport"]
                + vernier("Vernier", "VernierTesting", "VernierGRDB", "VernierInstrumentation")
                + [.product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
    ]
)
