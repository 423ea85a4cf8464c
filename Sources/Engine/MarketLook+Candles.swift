// The second and third round of a look: when what passed the filters was listed, and the candles of what is
// then kept, a few at a time. Each symbol fails alone.
import Analysis
import Kernel
import Market
import Ports
import Settings

extension MarketLook {
    /// Every filter on every instrument. Listing days cost a question each, so they are asked last and only if
    /// nothing else keeps an instrument out; a day that cannot be found is unknown.
    func drawn(_ ground: FirstRound, at time: Timestamp, _ ends: Int64) async -> [UniverseVerdict] {
        let candidates = ground.instruments.map { instrument in
            UniverseCandidate(
                instrument: instrument, ticker: ground.tickers[instrument.symbol],
                marketCap: ground.coins[instrument.symbol.base]?.marketCap, listedSince: nil)
        }
        var withoutAge = rules
        withoutAge.passWhereUnknown.append(.listingAge)
        let first = Universe(candidates, rules: withoutAge, at: time)
        let passed = Set(first.kept)
        let asked = candidates.filter { passed.contains($0.instrument.symbol) }
        let listedSince = sources.listedSince
        let days = await fetching.fetchAll(
            asked.map { candidate in
                let symbol = candidate.instrument.symbol
                return Source("\(symbol) listing", required: false) { () throws(FeedError) in SourceValue(try await listedSince(symbol, time)) }
            }, atOnce: Self.width, within: left(ends))
        let second = Universe(
            zip(asked, days).map { candidate, day in
                UniverseCandidate(
                    instrument: candidate.instrument, ticker: candidate.ticker, marketCap: candidate.marketCap, listedSince: day.value ?? nil)
            }, rules: rules, at: time)
        let judged = Dictionary(second.verdicts.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        return first.verdicts.map { judged[$0.symbol] ?? $0.without(.listingAge) }
    }

    /// The kept instruments with sane candles, and the others with what is wrong.
    func priced(_ kept: [Symbol], _ ground: FirstRound, at time: Timestamp, _ ends: Int64) async -> ([InstrumentView], [UniverseVerdict]) {
        let venueTime = ground.clock?.venueTime(at: time) ?? time
        let bySymbol = Dictionary(ground.instruments.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first })
        var histories: [Symbol: CheckedCandles] = [:]
        func read(_ symbols: [Symbol]) async {
            let fetched = await fetching.fetchAll(symbols.map { candles(of: $0, time) }, atOnce: Self.width, within: left(ends))
            for (symbol, fetched) in zip(symbols, fetched) {
                let history = history(fetched, ground.tickers[symbol], venueTime)
                if histories[symbol] == nil || history.faults.isEmpty { histories[symbol] = history }
            }
        }
        await read(kept)
        // A candle that was just closed may be a moment late, and a page may have been cut (52).
        let again = kept.filter { symbol in
            histories[symbol].map { !$0.candles.isEmpty && !$0.faults.isEmpty && $0.faults.allSatisfy(\.worthAskingAgain) } ?? false
        }
        if fetching.mayAskAgain, !again.isEmpty { await read(again) }
        var views: [InstrumentView] = [], faulty: [UniverseVerdict] = []
        for symbol in kept {
            guard let history = histories[symbol], let instrument = bySymbol[symbol] else { continue }
            if history.faults.isEmpty, let ticker = ground.tickers[symbol] {
                views.append(InstrumentView(instrument: instrument, ticker: ticker, candles: history.candles))
            } else {
                faulty.append(UniverseVerdict(symbol: symbol, exclusions: [], unknownButAllowed: [], faults: history.faults))
            }
        }
        return (views, faulty)
    }

    private struct CheckedCandles {
        let candles: [Candle]
        let faults: [PriceFault]
    }

    private func history(_ fetched: Fetched<[Candle]>, _ ticker: Ticker?, _ venueTime: Timestamp) -> CheckedCandles {
        guard let candles = fetched.value else { return CheckedCandles(candles: [], faults: [.unreadable(why: fetched.report.detail)]) }
        return CheckedCandles(candles: candles, faults: sanity.faults(of: candles, .h1, ticker: ticker, venueTime: venueTime))
    }

    /// Enough candles for the slowest indicator behind a full percentile window.
    private func candles(of symbol: Symbol, _ time: Timestamp) -> Source<[Candle]> {
        let count = max(settings.cycle.candles, IndicatorAnalyst.wantedCandles)
        let market = sources.market
        return Source("\(symbol) candles", required: false) { () throws(FeedError) in
            let candles = try await market.candles(symbol, .h1, from: time - .hours(count + 1), to: time, limit: count)
            return SourceValue(candles, items: candles.count, asOf: candles.last?.openTime)
        }
    }
}

extension UniverseVerdict {
    /// The verdict as if one filter had not been asked.
    func without(_ filter: UniverseFilter) -> UniverseVerdict {
        UniverseVerdict(
            symbol: symbol, exclusions: exclusions.filter { $0.filter != filter },
            unknownButAllowed: unknownButAllowed.filter { $0 != filter }, faults: faults)
    }
}

extension UniverseVerdict {
    /// Why no candles came at all; nil if some did.
    var unreadable: String? {
        for case .unreadable(let why) in faults { return why }
        return nil
    }
}

extension PriceFault {
    /// True if the current price itself may be wrong.
    var doubtsTicker: Bool {
        switch self {
        case .shifted, .disputed, .staleTicker, .crossedBook, .unconfirmed: true
        case .missing, .unreadable, .stale, .unclosed, .offGrid, .duplicate, .overlapping, .gaps, .wick: false
        }
    }
}
