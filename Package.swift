// swift-tools-version: 6.1
// Carillon's package: the arrows between its targets are the architecture (see ARCHITECTURE.md).
import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// SQLite's own functions, for what GRDB has no words for.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A target of this package with its arrows.
func target(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

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
        // The HTTP server of the exchange on loopback: limits and time-outs that two hundred lines of our own would not have.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    ],
    targets: [
        // System libraries: one thin wrapper target each, and no second use.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The core: values and decisions, without any input or output.
        target("Domain"),
        target("Ports", "Domain"),
        target("Engine", "Domain", "Ports"),
        // The bar loop of the lab; its contract is a page beside it.
        .target(name: "Backtest", dependencies: ["Domain"], exclude: ["CONTRACT.md"], swiftSettings: swiftSettings),
        // A spot venue's matching, as one value: what the exchange server plays.
        target("Matching", "Domain"),

        // The bot's engine over files of candles: what a backtest is proven against.
        target("Rehearsal", "Backtest", "Domain", "Engine", "Exchanges", "Ports"),

        // Thin wrappers round the system libraries.
        target("Compression", "CZlib"),
        target("HTTPClient", "CCurl", "Domain", "Ports"),
        target("Signing", "COpenSSL"),
        target("StrictJSON", "CJansson", "Domain"),

        // Adapters: each knows the ports and not the others.
        target("CandleFiles", "Compression", "Domain", "Ports"),
        target("CandleStore", "CandleFiles", "Compression", "Domain", "Ports", "Signing"),
        target("Exchanges", "Domain", "Ports", "Signing", "StrictJSON"),
        // An exchange on loopback that speaks a venue's wire format round the matching core.
        target("ExchangeServer", "Domain", "Matching", "Ports", "Signing", "StrictJSON", hummingbird, hummingbirdCore),
        target("Feeds", "Domain", "Ports", "StrictJSON"),
        target("LanguageModels", "Domain", "Ports", "StrictJSON"),
        target("Messaging", "Domain", "Ports", "StrictJSON"),
        target("Prompts", "Domain", "Ports", mustache, yams),
        target("Reports", "Backtest", "Domain", "Messaging"),
        target("SettingsFiles", "Domain", yams),
        target("Store", "Compression", "Domain", "Ports", "Signing", grdb, sqlite),

        // The program: the only place where live parts are put together.
        .executableTarget(
            name: "Carillon",
            dependencies: [
                "Backtest", "CandleFiles", "CandleStore", "Compression", "Domain", "Engine", "ExchangeServer", "Exchanges", "Feeds", "HTTPClient", "LanguageModels", "Messaging", "Ports", "Prompts",
                "Rehearsal", "Reports", "SettingsFiles", "Signing", "Store", "StrictJSON", argumentParser,
            ],
            swiftSettings: swiftSettings),

        .target(name: "TestSupport", dependencies: ["CZlib", "Domain", "Ports"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
        tests("BacktestTests", "Backtest", "CandleFiles", "Domain", "SettingsFiles"),
        // The same strategy over the same candles, by the backtest and by the engine.
        tests("RehearsalTests", "Backtest", "CandleFiles", "Domain", "Engine", "Ports", "Rehearsal", "SettingsFiles"),
        tests("CandleFilesTests", "CandleFiles", "CZlib", "Domain", "Ports"),
        tests("CandleStoreTests", "CandleFiles", "CandleStore", "Compression", "CZlib", "Domain", "Ports", "Signing", "TestSupport"),
        // The numbered conformance suite of the port `Exchange`, on every registered venue.
        tests("ConformanceTests", "Domain", "ExchangeServer", "Exchanges", "HTTPClient", "Matching", "Ports", "TestSupport"),
        tests("DomainTests", "Domain"),
        tests("EngineTests", "Domain", "Engine", "Exchanges", "Ports", "TestSupport"),
        tests("ExchangeServerTests", "Compression", "Domain", "ExchangeServer", "Exchanges", "HTTPClient", "Matching", "Ports", "Signing", "StrictJSON", "TestSupport"),
        tests("ExchangesTests", "Domain", "Exchanges", "HTTPClient", "Ports", "Signing", "StrictJSON", "TestSupport"),
        tests("FeedsTests", "Domain", "Exchanges", "Feeds", "HTTPClient", "Ports", "StrictJSON", "TestSupport"),
        // The answers and requests of recorded exchanges with each venue.
        tests("FixtureTests", "Domain", "Exchanges", "Ports", "Signing", "StrictJSON", "TestSupport"),
        tests("HTTPClientTests", "Domain", "HTTPClient", "Ports", "TestSupport"),
        tests("LanguageModelsTests", "Domain", "HTTPClient", "LanguageModels", "Ports", "StrictJSON", "TestSupport"),
        tests("LiveTests", "Domain", "Engine", "Exchanges", "Feeds", "HTTPClient", "Ports", "Store", "TestSupport"),
        tests("MatchingTests", "Domain", "Matching", "Ports"),
        tests("MessagingTests", "Domain", "HTTPClient", "Messaging", "Ports", "StrictJSON", "TestSupport"),
        tests("PanelTests", "Compression", "Domain", "Engine", "Exchanges", "HTTPClient", "LanguageModels", "Ports", "Prompts", "Signing", "Store", "StrictJSON",
              "TestSupport", grdb),
        // The real binary as processes: killed, locked out, on a failing disk.
        tests("ProcessTests", "Carillon", "Domain", "Engine", "Ports", "SettingsFiles", "Store", "StrictJSON", "TestSupport", grdb),
        tests("PromptsTests", "Domain", "Prompts"),
        // Both providers against an independent server; runs only under Tests/Providers/check.sh.
        tests("ProviderTests", "Domain", "HTTPClient", "LanguageModels", "Ports"),
        tests("ReportsTests", "Backtest", "Domain", "Messaging", "Reports"),
        tests("SettingsFilesTests", "Domain", "SettingsFiles"),
        tests("SigningTests", "Signing"),
        tests("StoreTests", "Compression", "Domain", "Ports", "Signing", "Store", grdb, sqlite),
        tests("StrictJSONTests", "Domain", "StrictJSON"),
    ],
    swiftLanguageModes: [.v6]
)
