// What the lab begins with: a strategy by its name, and candles as histories.
import CandleStore
package import Kernel
package import Market
import Settings
package import SettingsFiles
package import Strategies

/// Which strategy over which candles.
package struct LabRequest: Sendable {
    /// A strategy's name, or the path of its file.
    package let strategy: String
    /// A file, a folder or a store; nil for the usual store.
    package let candles: String?
    package let from: Timestamp?
    /// The first moment that is left out.
    package let to: Timestamp?
    /// Values of parameters as a person writes them, `fast=9`.
    package let set: [String]
    /// The time frame of the candles for exits, finer than the strategy's; nil for none.
    package let detail: Timeframe?

    package init(strategy: String, candles: String?, from: Timestamp? = nil, to: Timestamp? = nil, set: [String] = [], detail: Timeframe? = nil) {
        self.strategy = strategy
        self.candles = candles
        self.from = from
        self.to = to
        self.set = set
        self.detail = detail
    }
}

package struct LabInput: Sendable {
    package let loaded: LoadedStrategy
    package let values: [String: FixedDecimal]
    package let histories: [CandleHistory]
    /// For each history finer candles for its exits; nil if none were asked for.
    package let detail: [CandleHistory?]?
    /// What a person should know of the candles, a line each.
    package let remarks: [String]
    /// Seconds that reading the files took.
    package let loadSeconds: Double
    package var strategy: Strategy { loaded.strategy }

    package init(_ caller: Caller, _ request: LabRequest) throws {
        let configuration = try Self.configuration(caller), detail = request.detail
        loaded = try Self.strategy(request.strategy, in: configuration)
        values = try Self.values(request.set, of: loaded.strategy)
        let strategy = loaded.strategy
        if let detail, detail >= strategy.timeframe {
            throw Failure(.usage, "--detail \(detail.rawValue) is not finer than the \(strategy.timeframe.rawValue) candles of '\(strategy.name)'")
        }
        let bound = try Self.bound(loaded, values)
        let lead = max(bound.entry.condition.memory(on: strategy.timeframe), bound.exit?.condition.memory(on: strategy.timeframe) ?? 0)
        let candles = LabCandles(
            strategy: strategy, detail: detail, from: request.from, to: request.to, lead: lead,
            quote: configuration.settings.account.quote)
        let watch = Stopwatch()
        let found = try candles.read(Self.place(request.candles, caller)), markets = found.markets
        remarks = found.remarks
        histories = markets.map(\.history)
        self.detail = detail.map { _ in markets.map(\.detail) }
        loadSeconds = watch.wall
    }

    /// The strategy with the values asked for.
    package func bound() throws -> BoundStrategy { try Self.bound(loaded, values) }

    private static func bound(_ loaded: LoadedStrategy, _ values: [String: FixedDecimal]) throws -> BoundStrategy {
        do throws(StrategyError) { return try loaded.strategy.bound(values) } catch {
            throw Failure(.configuration, "\(loaded.file): \(error.description)")
        }
    }

    /// What `--candles` says, else the store.
    private static func place(_ option: String?, _ caller: Caller) throws -> String {
        if let option { return option }
        let store = try caller.candleStore(nil)
        guard try CandleStore.isThere(store) else {
            throw Failure(
                .noInput,
                "no candles at \(store): say --candles FILE_OR_FOLDER, or fetch some: carillon candles backfill --symbols BTCUSDT --interval 1h "
                    + "--from 2024-01"
            )
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
    package static func library(_ caller: Caller) throws(Failure) -> StrategyLibrary { library(try configuration(caller)) }

    private static func library(_ found: LoadedConfiguration) -> StrategyLibrary {
        StrategyLibrary(folder: found.resolve(found.settings.paths.strategies))
    }

    private static func configuration(_ caller: Caller) throws(Failure) -> LoadedConfiguration {
        switch ConfigurationLoader.load(caller.settingsPlace) {
        case .success(let found): return found
        case .failure(let error): throw Failure(.configuration, error.problems.map(\.description).joined(separator: "\n"))
        }
    }

    private static func values(_ texts: [String], of strategy: Strategy) throws -> [String: FixedDecimal] {
        var values: [String: FixedDecimal] = [:]
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard sides.count == 2, let value = FixedDecimal(sides[1]) else {
                throw Failure(.usage, "--set \(Echo.quoted(text)) is not name=value, as in fast=9")
            }
            guard strategy.parameters.contains(where: { $0.name == sides[0] }) else {
                let names = strategy.parameters.map(\.name)
                throw Failure(
                    .usage,
                    "'\(strategy.name)' has no parameter \(Echo.quoted(sides[0])); it has \(names.isEmpty ? "none" : names.joined(separator: ", "))")
            }
            values[sides[0]] = value
        }
        return values
    }
}
