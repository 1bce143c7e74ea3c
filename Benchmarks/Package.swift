// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
]

// A package of its own, so that nobody who uses the library resolves what its measurements need.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "vernier", path: "..", traits: ["SwiftMetrics"]),
        // Without its interposers: they would stand between the loops and the allocator.
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "Workloads",
            dependencies: [
                .product(name: "Vernier", package: "vernier"),
                .product(name: "VernierInstrumentation", package: "vernier"),
                .product(name: "VernierSwiftMetrics", package: "vernier"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ], swiftSettings: settings),
        // The default format of debugging information is newer than what callgrind of Debian 12 reads.
        .target(name: "CProbe", cSettings: [.unsafeFlags(["-gdwarf-4"])]),
        .executableTarget(name: "cost", dependencies: ["Workloads", "CProbe"], swiftSettings: settings),
        .executableTarget(
            name: "compare",
            dependencies: [
                "Workloads",
                .product(name: "Vernier", package: "vernier"),
                .product(name: "VernierExporter", package: "vernier"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ], swiftSettings: settings),
        // The plugin takes executables whose folder lies in one called "Benchmarks": here it is the package's own.
        .executableTarget(
            name: "suites",
            dependencies: [
                "Workloads",
                .product(name: "Benchmark", package: "benchmark"),
                .product(name: "Vernier", package: "vernier"),
                .product(name: "VernierExporter", package: "vernier"),
                .product(name: "VernierParsing", package: "vernier"),
            ], path: "Suites", swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    ]
)
