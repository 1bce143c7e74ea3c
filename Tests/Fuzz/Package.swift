// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
]

// A package of its own: its programs link only with the fuzzing engine and instrumented code, for which .ci/fuzz has the flags.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "vernier", path: "../..")],
    targets: [
        .target(name: "LibFuzzer"),
        .target(name: "FuzzSupport", dependencies: ["LibFuzzer"], swiftSettings: settings),
        .executableTarget(
            name: "fuzz-negotiation", dependencies: ["FuzzSupport", .product(name: "Vernier", package: "vernier")],
            swiftSettings: settings),
        .executableTarget(
            name: "fuzz-http", dependencies: ["FuzzSupport", .product(name: "VernierExporter", package: "vernier")],
            swiftSettings: settings),
        .executableTarget(
            name: "fuzz-parser",
            dependencies: [
                "FuzzSupport", .product(name: "Vernier", package: "vernier"),
                .product(name: "VernierParsing", package: "vernier"),
            ], swiftSettings: settings),
    ]
)
