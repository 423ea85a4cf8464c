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
    /// The hour's picture: what is in it is not asked for again.
    let picture: MarketSnapshot?

    typealias Wanted = (key: CandleKey, count: Int)

    /// Prices and rules at the moment of the decision; what could not be read is missing.
    struct Ground: Sendable {
        var prices: [Symbol: Price] = [:]
        var instruments: [Symbol: Instrument] = [:]
        var hourly: [Symbol: [Candle]] = [:]
    }

    func wanted(by instance: StrategyInstance, _ symbols: [Symbol], _ book: Book) -> [Wanted] {
        let held = instance.positions(book).map(\.symbol).sorted()
        return (symbols + held.filter { !symbols.contains($0) }).map { symbol in
            (CandleKey(symbol, instance.timeframe), instance.candles(of: symbol, at: time, book))
        }
    }

    /// Candles that may be missing before those that are read.
    private static let longestHole = 200

    /// Several instances may want one history; the longest is read.
    func histories(_ wanted: [Wanted]) async -> CandleHistories {
        let counts = Dictionary(wanted.map { ($0.key, $0.count) }, uniquingKeysWith: max)
        let seen = counts.reduce(into: CandleHistories()) { seen, entry in
            seen[entry.key] = pictured(entry.key, entry.value).map { .read($0) }
        }
        let keys = counts.keys.filter { seen[$0] == nil }.sorted()
        var histories = await read(keys, counts)
        // A candle that has only just closed may be a moment late.
        let late = keys.filter { key in
            histories[key]?.candles.map { $0.last?.closeTime(key.timeframe) != time.floored(to: key.timeframe.duration) } ?? true
        }
        if parts.fetching.mayAskAgain, !late.isEmpty { histories.merge(await read(late, counts)) { $1 } }
        return histories.merging(seen) { $1 }
    }

    /// As many of the picture's candles; nil if it has fewer, or not yet the one that has just closed.
    private func pictured(_ key: CandleKey, _ count: Int) -> [Candle]? {
        guard key.timeframe == .h1, let view = picture?.view(key.symbol), view.candles.count >= count,
            view.candles.last?.closeTime(.h1) == time.floored(to: .hours(1))
        else { return nil }
        return Array(view.candles.suffix(count))
    }

    private func read(_ keys: [CandleKey], _ counts: [CandleKey: Int]) async -> CandleHistories {
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
            zip(keys, fetched).map { key, fetched in (key, fetched.value.map { .read($0) } ?? .lost(why: fetched.report.detail)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Parameters:
    ///   - priced: what to know the price of.
    ///   - signalled: what may be bought.
    func ground(_ priced: Set<Symbol>, _ signalled: Set<Symbol>, entries: Bool) async -> Ground {
        var ground = Ground(prices: await Marks(parts: parts).prices(of: priced.sorted(), at: parts.clock.now))
        guard entries else { return ground }
        ground.instruments = await instruments(of: signalled)
        // If nothing counts as alike, there is nothing to compare.
        guard parts.limits.correlationLimit < .one, priced.count > 1 else { return ground }
        let wanted = priced.sorted().map { Wanted(CandleKey($0, .h1), Correlation.window + 1) }
        let seen = wanted.filter { pictured($0.key, $0.count) != nil }
        for (key, count) in seen { ground.hourly[key.symbol] = pictured(key, count) }
        let keys = wanted.map(\.key).filter { key in !seen.contains { $0.key == key } }
        for (key, history) in await read(keys, Dictionary(uniqueKeysWithValues: keys.map { ($0, Correlation.window + 1) })) {
            if let candles = history.candles, !candles.isEmpty { ground.hourly[key.symbol] = candles }
        }
        return ground
    }

    private func instruments(of symbols: Set<Symbol>) async -> [Symbol: Instrument] {
        let pictured = picture?.listed.filter { symbols.contains($0.key) } ?? [:]
        guard pictured.count < symbols.count else { return pictured }
        let market = parts.market, time = time
        let listed = await parts.fetching.fetchAll([
            Source("\(market.name) instruments", required: false) { () throws(FeedError) in
                SourceValue(try await market.instruments(at: time))
            }
        ])
        return Dictionary(
            (listed.first?.value ?? []).filter { symbols.contains($0.symbol) }.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
