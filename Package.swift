// swift-tools-version: 6.1
// Carillon's package: the arrows between its targets are the architecture (see ARCHITECTURE.md).
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "carillon",
    products: [.executable(name: "carillon", targets: ["Carillon"])],
    dependencies: [
        // The journal and its read models: the best-kept SQLite library in Swift.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // Commands, options and `--help`.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Configuration files a person edits, with line and column of every value.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // The logic-less template language of the prompts.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    ],
    targets: [
        // System libraries: one thin wrapper target each, and no second use.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        .target(name: "Domain", swiftSettings: swiftSettings),
        .target(name: "Ports", dependencies: ["Domain"], swiftSettings: swiftSettings),
        .target(name: "Exchanges", dependencies: ["Domain", "Ports"], swiftSettings: swiftSettings),
        .target(name: "HTTPClient", dependencies: ["CCurl", "Domain", "Ports"], swiftSettings: swiftSettings),
        .target(name: "StrictJSON", dependencies: ["CJansson", "Domain"], swiftSettings: swiftSettings),
        .target(name: "Messaging", dependencies: ["Domain", "Ports", "StrictJSON"], swiftSettings: swiftSettings),

        .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: swiftSettings),
        .executableTarget(
            name: "Carillon",
            dependencies: [
                "Compression", "Domain", "Engine", "Exchanges", "Messaging", "Ports", "Signing", "Store",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: swiftSettings),
        .target(name: "Engine", dependencies: ["Domain", "Ports"], swiftSettings: swiftSettings),
        .target(name: "Signing", dependencies: ["COpenSSL"], swiftSettings: swiftSettings),
        .target(name: "Store", dependencies: ["Domain", "Ports", "Signing", .product(name: "GRDB", package: "GRDB.swift")], swiftSettings: swiftSettings),

        // The loopback server and the clock that other test targets share.
        .target(name: "TestSupport", dependencies: ["CZlib", "Domain", "Ports"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
        .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: swiftSettings),
        .testTarget(name: "ExchangesTests", dependencies: ["Domain", "Ports", "Exchanges"], swiftSettings: swiftSettings),
        .testTarget(name: "HTTPClientTests", dependencies: ["Domain", "HTTPClient", "Ports", "TestSupport"], swiftSettings: swiftSettings),
        .testTarget(name: "MessagingTests", dependencies: ["Domain", "HTTPClient", "Messaging", "Ports", "StrictJSON", "TestSupport"],
                    swiftSettings: swiftSettings),
        .testTarget(name: "StrictJSONTests", dependencies: ["Domain", "StrictJSON"], swiftSettings: swiftSettings),
    ],
    swiftLanguageModes: [.v6]
)
