// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .strictMemorySafety(),
]

let package = Package(
    name: "vernier",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Vernier", targets: ["Vernier"]),
        .library(name: "VernierExporter", targets: ["VernierExporter"]),
        .library(name: "VernierParsing", targets: ["VernierParsing"]),
        .library(name: "VernierTesting", targets: ["VernierTesting"]),
        .executable(name: "quickstart", targets: ["quickstart"]),
    ],
    traits: [
        .trait(name: "Gzip", description: "Compressed answers, with the system's zlib (Debian: zlib1g-dev)."),
        .default(enabledTraits: []),
    ],
    targets: [
        .target(name: "Vernier", swiftSettings: settings),
        .target(
            name: "VernierExporter",
            dependencies: ["Vernier", .target(name: "CZlib", condition: .when(traits: ["Gzip"]))],
            swiftSettings: settings),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "VernierParsing", dependencies: ["Vernier"], swiftSettings: settings),
        .target(name: "VernierTesting", dependencies: ["Vernier", "VernierParsing"], swiftSettings: settings),
        .executableTarget(name: "quickstart", dependencies: ["Vernier", "VernierExporter"], swiftSettings: settings),
        .testTarget(name: "VernierTests", dependencies: ["Vernier", "ProgramSupport"], swiftSettings: settings),
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
        .target(
            name: "ProgramSupport", dependencies: ["Vernier"], path: "Tests/Programs/support",
            swiftSettings: settings),
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
)
