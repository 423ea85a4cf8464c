// swift-tools-version: 6.1
// Carillon's package: the arrows between its targets are the architecture (see ARCHITECTURE.md).
import PackageDescription

// Where every change is judged, a warning is an error; at home it is a line to read.
let strictness: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.unsafeFlags(["-warnings-as-errors"])]
let swiftSettings: [SwiftSetting] =
    strictness + [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility")
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
/// - Parameter path: nil for the folder of `Sources` that has the target's name.
func target(_ name: String, path: String? = nil, _ dependencies: Target.Dependency...) -> Target {
    .target(name: name, dependencies: dependencies, path: path, swiftSettings: swiftSettings)
}

func tests(_ name: String, exclude: [String] = [], _ dependencies: Target.Dependency...) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

let package = Package(
    name: "carillon",
    products: [.executable(name: "carillon", targets: ["Carillon"])],
    traits: [.trait(name: "Drills", description: "kills at commits and hours without anybody at work, for tests; no release has them")],
    dependencies: [
        // The journal and its read models: the best-kept SQLite library in Swift.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // Commands, options and `--help`.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Configuration files a person edits, with line and column of every value.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // The logic-less template language of the prompts.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        // The HTTP server of the exchange on loopback: limits and time-outs that others have worked out.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: [])
    ],
    targets: [
        // System libraries: one thin wrapper target each, and no second use.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The core, without any input or output: values and decisions, a stack: each knows only those listed before it. It ends with Notices.
        target("Kernel"),
        target("Statistics", "Kernel"),
        target("Market", "Kernel"),
        target("Settings", "Kernel", "Market"),
        target("Trading", "Kernel", "Market", "Settings"),
        target("Strategies", "Kernel", "Market", "Settings", "Trading"),
        target("Analysis", "Kernel", "Market", "Settings", "Statistics"),
        target("Risk", "Analysis", "Kernel", "Market", "Settings", "Statistics", "Trading"),
        target("Events", "Analysis", "Kernel", "Market", "Risk", "Settings", "Trading"),
        target("Notices", "Events", "Kernel"),
        target("Ports", "Analysis", "Events", "Kernel", "Market", "Settings", "Trading"),
        target("Engine", "Analysis", "Events", "Kernel", "Market", "Ports", "Risk", "Settings", "Strategies", "Trading"),
        // The bar loop of the lab; its contract is a page beside it.
        .target(
            name: "Backtest", dependencies: ["Analysis", "Kernel", "Market", "Statistics", "Strategies", "Trading"],
            exclude: ["CONTRACT.md"], swiftSettings: swiftSettings),
        // A spot venue's matching, as one value: what the exchange server plays.
        target("Matching", "Kernel", "Market", "Trading"),

        // The bot's engine over files of candles: what a backtest is proven against.
        target(
            "Rehearsal", "Analysis", "Backtest", "Engine", "Events", "Kernel", "Market", "Messaging", "Ports", "Risk", "Settings", "Strategies",
            "Trading", "VenuePaper"),

        // Thin wrappers round the system libraries.
        target("Compression", "CZlib"),
        target("HTTPClient", "CCurl", "Kernel", "Ports"),
        target("Signing", "COpenSSL"),
        target("StrictJSON", "CJansson", "Kernel"),

        // Adapters: each knows the ports and not the others.
        target("CandleFiles", "Compression", "Kernel", "Market", "Ports"),
        target("CandleStore", "CandleFiles", "Compression", "Kernel", "Market", "Ports", "Signing"),
        // An exchange on loopback that speaks a venue's wire format round the matching core.
        target("ExchangeServer", "Kernel", "Market", "Matching", "Ports", "Signing", "StrictJSON", "Trading", hummingbird, hummingbirdCore),
        target("Feeds", "Analysis", "Kernel", "Market", "Ports", "StrictJSON", "Trading"),
        target("LanguageModels", "Kernel", "Ports", "StrictJSON"),
        target("Messaging", "Analysis", "Events", "Kernel", "Market", "Notices", "Ports", "Risk", "Settings", "StrictJSON", "Trading"),
        target("Prompts", "Analysis", "Kernel", "Market", "Ports", "Risk", "Settings", mustache, yams),
        target("Pages", "Analysis", "Backtest", "Kernel", "Market", "Messaging", "Statistics", "Strategies", "Trading"),
        target("SettingsFiles", "Kernel", "Market", "Settings", "Strategies", "Trading", yams),
        // One target a venue: what is internal there is that venue's. Only what any of them needs is in the first.
        target("VenueCommon", path: "Sources/Venues/Common", "Kernel", "Ports", "StrictJSON", "Trading"),
        target(
            "VenueBinance", path: "Sources/Venues/Binance", "Kernel", "Market", "Ports", "Signing", "StrictJSON", "Trading", "VenueCommon"),
        target("VenuePaper", path: "Sources/Venues/Paper", "Events", "Kernel", "Market", "Ports", "Trading"),
        target("VenueSynthetic", path: "Sources/Venues/Synthetic", "Kernel", "Market", "Ports"),
        target(
            "Store", "Analysis", "Compression", "Events", "Kernel", "Market", "Messaging", "Notices", "Ports", "Risk", "Signing", "Statistics",
            "Trading",
            grdb, sqlite),

        // What is done for a person, each act and each question a value; it knows no terminal.
        target(
            "Application", "Analysis", "Backtest", "CandleFiles", "CandleStore", "Compression", "Engine", "Events", "ExchangeServer", "Feeds",
            "HTTPClient", "Kernel", "LanguageModels", "Market", "Messaging", "Notices", "Ports", "Prompts", "Rehearsal", "Risk", "Settings",
            "SettingsFiles", "Signing", "Statistics", "Store", "Strategies", "StrictJSON", "Trading", "VenueBinance", "VenuePaper", "VenueSynthetic"),
        // Those values as a person reads them on a terminal and a machine as JSON.
        target(
            "Screens", "Analysis", "Application", "Backtest", "CandleFiles", "CandleStore", "Compression", "Engine", "Events", "Kernel", "Market",
            "Messaging", "Pages", "Ports", "Prompts", "Rehearsal", "Risk", "Settings", "SettingsFiles", "Signing", "Statistics", "Store",
            "Strategies", "Trading"),

        // The program: a command parses its words, calls the application and prints a screen.
        .executableTarget(
            name: "Carillon",
            dependencies: [
                "Analysis", "Application", "CandleFiles", "CandleStore", "Events", "ExchangeServer", "Kernel", "Market", "Messaging", "Ports",
                "Prompts", "Risk", "Screens", "SettingsFiles", "Signing", "Statistics", "Store", "Strategies", "Trading", argumentParser
            ],
            // A hash of the program in the program: each cycle notes which build it ran on.
            swiftSettings: swiftSettings, linkerSettings: [.unsafeFlags(["-Xlinker", "--build-id=sha1"])]),

        .target(
            name: "TestSupport", dependencies: ["CZlib", "Events", "Kernel", "Market", "Messaging", "Ports", "Trading"], path: "Tests/TestSupport",
            swiftSettings: swiftSettings),
        // The application as a chat or a page would call it, without the program.
        tests(
            "ApplicationTests", "Application", "Backtest", "Engine", "Events", "Kernel", "Market", "Ports", "Risk", "Settings", "SettingsFiles",
            "Signing", "Store", "StrictJSON", "TestSupport", "Trading"),
        tests(
            "BacktestTests", "Analysis", "Backtest", "CandleFiles", "Kernel", "Market", "SettingsFiles", "Statistics", "Strategies", "TestSupport",
            "Trading"),
        // The same strategy over the same candles, by the backtest and by the engine.
        tests("RehearsalTests", "Backtest", "CandleFiles", "Kernel", "Market", "Rehearsal", "Risk", "SettingsFiles", "Strategies", "TestSupport"),
        tests("CandleFilesTests", "CZlib", "CandleFiles", "Kernel", "Market", "Ports"),
        tests("CandleStoreTests", "CZlib", "CandleFiles", "CandleStore", "Kernel", "Market", "Ports", "Signing", "TestSupport"),
        // The numbered conformance suite of the port `Exchange`, on every registered venue.
        tests(
            "ConformanceTests", "ExchangeServer", "HTTPClient", "Kernel", "Market", "Matching", "Ports", "TestSupport", "Trading", "VenueBinance",
            "VenuePaper"),
        tests("CoreTests", "Analysis", "Events", "Kernel", "Market", "Notices", "Risk", "Settings", "Statistics", "Strategies", "Trading"),
        tests(
            "EngineTests", "Analysis", "Engine", "Events", "Kernel", "Market", "Messaging", "Ports", "Risk", "Settings", "Store", "Strategies",
            "TestSupport",
            "Trading", "VenuePaper"),
        tests(
            "ExchangeServerTests", "ExchangeServer", "HTTPClient", "Kernel", "Market", "Matching", "Ports", "Signing", "StrictJSON", "TestSupport",
            "Trading", "VenueSynthetic"),
        tests("FeedsTests", "Analysis", "Feeds", "HTTPClient", "Kernel", "Market", "Ports", "StrictJSON", "TestSupport", "VenueBinance"),
        // The answers and requests of recorded exchanges with each venue.
        tests("FixtureTests", "Kernel", "Market", "Ports", "Signing", "StrictJSON", "TestSupport", "Trading", "VenueBinance"),
        tests("HTTPClientTests", "HTTPClient", "Kernel", "Ports", "TestSupport"),
        tests("LanguageModelsTests", "HTTPClient", "Kernel", "LanguageModels", "Ports", "StrictJSON", "TestSupport"),
        tests(
            "LiveTests", "Analysis", "Engine", "Events", "Feeds", "HTTPClient", "Kernel", "Market", "Notices", "Ports", "Settings", "Store",
            "TestSupport", "Trading", "VenueBinance", "VenuePaper"),
        tests("MatchingTests", "Kernel", "Market", "Matching", "Strategies", "Trading"),
        tests(
            "MessagingTests", "Events", "HTTPClient", "Kernel", "Market", "Messaging", "Notices", "Ports", "Risk", "Settings", "StrictJSON",
            "TestSupport", "Trading"),
        tests(
            "PanelTests", "Analysis", "Compression", "Engine", "Events", "HTTPClient", "Kernel", "LanguageModels", "Market", "Notices", "Ports",
            "Prompts", "Settings", "Signing", "Store", "StrictJSON", "TestSupport", "Trading", "VenuePaper", "VenueSynthetic", grdb),
        // The real binary as processes: killed, locked out, on a failing disk.
        tests(
            "ProcessTests", "Analysis", "Carillon", "Engine", "Events", "Kernel", "Market", "Ports", "Settings", "SettingsFiles", "Store",
            "StrictJSON", "TestSupport", "Trading", grdb),
        tests("PromptsTests", "Analysis", "Kernel", "Market", "Prompts", "Settings"),
        // Both providers against an independent server; runs only under Tests/Providers/check.sh.
        tests("ProviderTests", "HTTPClient", "Kernel", "LanguageModels", "Ports", "TestSupport"),
        tests("PagesTests", "Analysis", "Backtest", "Kernel", "Market", "Pages", "Statistics", "Strategies", "TestSupport"),
        tests("SettingsFilesTests", "Kernel", "Market", "Settings", "SettingsFiles", "Strategies", "Trading"),
        tests("SigningTests", "Signing"),
        tests(
            "StoreTests", exclude: ["Golden"], "Analysis", "Compression", "Events", "Kernel", "Market", "Messaging", "Notices", "Ports", "Risk",
            "Settings",
            "Signing", "Statistics",
            "Store", "TestSupport", "Trading", grdb),
        tests(
            "VenuesTests", "HTTPClient", "Kernel", "Market", "Ports", "Signing", "StrictJSON", "TestSupport", "Trading", "VenueBinance",
            "VenueCommon", "VenueSynthetic"),
        // The rules that no compiler holds: widths, lengths, arrows between folders, what is dead.
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"], path: "Tests/Tidy", swiftSettings: swiftSettings),
        tests("StrictJSONTests", "Kernel", "StrictJSON")
    ],
    swiftLanguageModes: [.v6]
)
