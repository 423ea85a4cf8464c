// What the lab's commands begin with: a strategy by its name, and candles as histories.
import ArgumentParser
import CandleStore
import SettingsFiles
import Domain
import Glibc

struct LabOptions: ParsableArguments {
    @Argument(help: "A strategy's name, or the path of its YAML file.")
    var strategy: String
    @Option(help: "A candle file, a folder of them or a store, else the store that `carillon candles` keeps; finer candles than the strategy's are put together.")
    var candles: String?
    @Option(help: "The first moment, e.g. 2023-01-01.")
    var from: String?
    @Option(help: "The first moment that is left out.")
    var to: String?
    @Option(name: .customLong("set"), help: ArgumentHelp("A parameter's value, e.g. fast=9; may be given again.", valueName: "name=value"))
    var set: [String] = []
    @Option(help: ArgumentHelp("The folder of the journal that counts trials.", discussion: "Else as other commands find it."))
    var home: String?
    @Option(help: ArgumentHelp("The configuration file.", discussion: "Else ./config/carillon.yaml, the XDG configuration folder, or /etc/carillon."))
    var config: String?
    @Flag(help: "Print facts as one JSON object.")
    var json = false
    @Flag(help: "Print the line that benchmarks read: seconds and processor seconds.")
    var bench = false

    func validate() throws {
        for (name, text) in [("from", from), ("to", to)] {
            if let text, Timestamp(iso8601: text) == nil { throw ValidationError("--\(name) '\(text)' is no moment; an example is 2023-01-01") }
        }
    }
}

struct LabInput {
    let loaded: LoadedStrategy
    let values: [String: FixedDecimal]
    let histories: [CandleHistory]
    /// For each history finer candles for its exits; nil where none were asked for.
    let detail: [CandleHistory?]?
    /// What a person should know of the candles, a line each.
    let remarks: [String]
    /// Seconds that reading the files took.
    let loadSeconds: Double
    var strategy: Strategy { loaded.strategy }

    /// - Parameter detail: of the candles for exits, finer than the strategy's.
    init(_ options: LabOptions, detail: Timeframe? = nil) throws {
        let configuration = try Self.configuration(options.config)
        loaded = try Self.strategy(options.strategy, in: configuration)
        values = try Self.values(options.set, of: loaded.strategy)
        let strategy = loaded.strategy
        if let detail, detail >= strategy.timeframe { throw Failure(.usage, "--detail \(detail.rawValue) is not finer than the \(strategy.timeframe.rawValue) candles of '\(strategy.name)'") }
        let bound = try Self.bound(loaded, values)
        let lead = max(bound.entry.condition.memory(on: strategy.timeframe), bound.exit?.condition.memory(on: strategy.timeframe) ?? 0)
        let candles = LabCandles(strategy: strategy, detail: detail, from: options.from.flatMap { Timestamp(iso8601: $0) }, to: options.to.flatMap { Timestamp(iso8601: $0) }, lead: lead,
                                 quote: configuration.settings.account.quote)
        let watch = Stopwatch()
        let found = try candles.read(Self.place(options.candles)), markets = found.markets
        remarks = found.remarks
        histories = markets.map(\.history)
        self.detail = detail.map { _ in markets.map(\.detail) }
        loadSeconds = watch.wall
    }

    /// The strategy with the values asked for.
    func bound() throws -> BoundStrategy { try Self.bound(loaded, values) }

    private static func bound(_ loaded: LoadedStrategy, _ values: [String: FixedDecimal]) throws -> BoundStrategy {
        do throws(StrategyError) { return try loaded.strategy.bound(values) } catch { throw Failure(.configuration, "\(loaded.file): \(error.description)") }
    }

    /// What `--candles` says, else the store.
    private static func place(_ option: String?) throws -> String {
        if let option { return option }
        let store = try CandleStoreOptions.folder(nil)
        guard try CandleStore.isThere(store) else {
            throw Failure(.noInput, "no candles at \(store): say --candles FILE_OR_FOLDER, or fetch some: carillon candles backfill --symbols BTCUSDT --interval 1h --from 2024-01")
        }
        return store
    }

    private static func strategy(_ name: String, in configuration: LoadedConfiguration) throws -> LoadedStrategy {
        switch library(configuration).load(name) {
        case .success(let loaded): return loaded
        case .failure(let error): throw Failure(.configuration, error.problems.map(\.description).joined(separator: "\n"))
        }
    }

    /// The strategies of the configured folder and the compiled-in ones.
    static func library(_ config: String?) throws -> StrategyLibrary { library(try configuration(config)) }

    private static func library(_ found: LoadedConfiguration) -> StrategyLibrary { StrategyLibrary(folder: found.resolve(found.settings.paths.strategies)) }

    private static func configuration(_ config: String?) throws -> LoadedConfiguration {
        let place = ConfigurationLocator(environment: { name in getenv(name).map { String(cString: $0) } }).locate(option: config)
        switch ConfigurationLoader.load(place) {
        case .success(let found): return found
        case .failure(let error): throw Failure(.configuration, error.problems.map(\.description).joined(separator: "\n"))
        }
    }

    private static func values(_ texts: [String], of strategy: Strategy) throws -> [String: FixedDecimal] {
        var values: [String: FixedDecimal] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, let value = FixedDecimal(sides[1]) else { throw Failure(.usage, "--set \(Echo.quoted(text)) is not name=value, as in fast=9") }
            guard strategy.parameters.contains(where: { $0.name == sides[0] }) else {
                let names = strategy.parameters.map(\.name)
                throw Failure(.usage, "'\(strategy.name)' has no parameter \(Echo.quoted(sides[0])); it has \(names.isEmpty ? "none" : names.joined(separator: ", "))")
            }
            values[sides[0]] = value
        }
        return values
    }
}

/// Seconds since it was made.
struct Stopwatch {
    private let wallStart = Stopwatch.seconds(CLOCK_MONOTONIC), processorStart = Stopwatch.seconds(CLOCK_PROCESS_CPUTIME_ID)
    var wall: Double { Self.seconds(CLOCK_MONOTONIC) - wallStart }
    /// Of all threads.
    var processor: Double { Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - processorStart }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
