// What the strategies read of the market: candles far enough back, and, if something is to be done, prices
// now, the instruments' rules, and hourly candles to tell alike from different.
import Analysis
import Events
import Kernel
import Market
import Ports
import Settings
import Strategies
import Trading

struct StrategyCandles {
    let parts: Parts
    let time: Timestamp

    /// Several instances may want one history; the longest is read.
    struct Wanted: Hashable {
        let symbol: Symbol
        let timeframe: Timeframe
    }
    typealias Histories = [Wanted: Result<[Candle], FeedError>]

    /// Prices and rules at the moment of the decision; what could not be read is missing.
    struct Ground: Sendable {
        var prices: [Symbol: Price] = [:]
        var instruments: [Symbol: Instrument] = [:]
        var hourly: [Symbol: CandleColumns] = [:]
    }

    func wanted(by instance: StrategyInstance, _ symbols: [Symbol], _ book: Book) -> [(Wanted, count: Int)] {
        let held = Dictionary(instance.positions(book).map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        return (symbols + held.keys.sorted().filter { !symbols.contains($0) }).map { symbol in
            (Wanted(symbol: symbol, timeframe: instance.timeframe), instance.candles + (held[symbol].map { behind($0, instance, book) } ?? 0))
        }
    }

    /// Closes at which an exit of this position still counts: each is judged on as many candles as the newest one.
    private func behind(_ position: Position, _ instance: StrategyInstance, _ book: Book) -> Int {
        guard let holding = position.holding else { return 0 }
        let done = max(holding.openedAt, book.judged[instance.name]?.exitsDone(position.symbol) ?? holding.openedAt)
        return Int(min(max(0, (time - done).milliseconds / instance.timeframe.duration.milliseconds), Self.longest))
    }

    /// Two weeks of minutes, as far as a monitor that stood still reads at once.
    private static let longest: Int64 = 20_160
    /// Candles that may be missing before those that are read.
    private static let longestHole = 200

    func histories(_ wanted: [(Wanted, count: Int)]) async -> Histories {
        let counts = Dictionary(wanted, uniquingKeysWith: max)
        let keys = counts.keys.sorted { ($0.symbol, $0.timeframe) < ($1.symbol, $1.timeframe) }
        var histories = await read(keys, counts)
        // A candle that has only just closed may be a moment late.
        let late = keys.filter { key in
            (try? histories[key]?.get()).map { $0.last?.closeTime(key.timeframe) != time.floored(to: key.timeframe.duration) } ?? true
        }
        if parts.fetching.mayAskAgain, !late.isEmpty { histories.merge(await read(late, counts)) { $1 } }
        return histories
    }

    private func read(_ keys: [Wanted], _ counts: [Wanted: Int]) async -> Histories {
        let market = parts.market, time = time
        let fetched = await parts.fetching.fetchAll(
            keys.map { key in
                Source("\(key.symbol) \(key.timeframe.rawValue) candles", required: false) { () throws(FeedError) in
                    let count = counts[key] ?? 1
                    // So many candles, not so many hours: behind a hole of the venue an average is still of as many.
                    let from = time - key.timeframe.duration * (2 * count + Self.longestHole)
                    return SourceValue(try await market.candles(key.symbol, key.timeframe, from: from, to: time, limit: count))
                }
            }, atOnce: MarketLook.width, within: parts.fetching.deadline)
        return Dictionary(
            zip(keys, fetched).map { key, fetched in
                (key, fetched.value.map { .success($0) } ?? .failure(FeedError(.unavailable, source: market.name, fetched.report.detail)))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameters:
    ///   - priced: what to know the price of.
    ///   - signalled: what may be bought.
    func ground(_ priced: Set<Symbol>, _ signalled: Set<Symbol>, entries: Bool) async -> Ground {
        var ground = Ground(prices: await Marks(parts: parts).prices(of: priced.sorted(), at: time))
        guard entries else { return ground }
        let market = parts.market, time = time
        let listed = await parts.fetching.fetchAll([
            Source("\(market.name) instruments", required: false) { () throws(FeedError) in
                SourceValue(try await market.instruments(at: time))
            }
        ])
        for instrument in listed.first?.value ?? [] where signalled.contains(instrument.symbol) { ground.instruments[instrument.symbol] = instrument }
        // If nothing counts as alike, there is nothing to compare.
        guard parts.limits.correlationLimit < .one, priced.count > 1 else { return ground }
        let keys = priced.sorted().map { Wanted(symbol: $0, timeframe: .h1) }
        for (key, history) in await read(keys, Dictionary(uniqueKeysWithValues: keys.map { ($0, Correlation.window + 1) })) {
            if let candles = try? history.get(), !candles.isEmpty { ground.hourly[key.symbol] = CandleColumns(candles) }
        }
        return ground
    }
}
