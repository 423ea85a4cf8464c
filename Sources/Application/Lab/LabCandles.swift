// Where the lab's candles come from: files or the store, of the strategy's time frame or put together from finer
// ones, and finer ones for its exits. Promise: nothing is read that neither the span asked for nor its warm-up needs
// if the place allows it (a store's months do, files are read whole).
import CandleFiles
import CandleStore
import Glibc
package import Kernel
package import Market
package import Strategies

/// A market's candles for a run.
package struct LabMarket {
    package let history: CandleHistory
    /// nil if there are none, or none were asked for.
    package let detail: CandleHistory?
}

/// What was found, and what a person should know of it, a line each.
package struct LabMarkets {
    package var markets: [LabMarket]
    package var remarks: [String] = []
}

package struct LabCandles {
    package let strategy: Strategy
    /// The time frame of the candles for exits.
    package let detail: Timeframe?
    package let from: Timestamp?
    /// The first moment that is left out.
    package let to: Timestamp?
    /// So many candles before `from` are for indicators.
    package let lead: Int
    /// What the account holds: the quote of pairs whose names tell none, and of those that are meant among several.
    package let quote: Currency

    private var timeframe: Timeframe { strategy.timeframe }
    private var warm: Timestamp? { from.map { $0 - timeframe.duration * lead } }

    package func read(_ path: String) throws -> LabMarkets {
        var found: LabMarkets
        do { found = try CandleStore.isThere(path) ? stored(path) : filed(path) } catch let fault as FileFault {
            throw Failure(.data, fault.description)
        }
        let cut = found.markets.compactMap(cut)
        let quotes = Set(cut.map(\.history.instrument.symbol.quote)).sorted()
        if quotes.count > 1 {
            throw Failure(
                .data,
                "pairs are quoted in \(quotes.map(\.code).joined(separator: " and ")), but one backtest has one quote currency; "
                    + "list symbols in the strategy")
        }
        guard !cut.isEmpty else { throw Failure(.data, "no candles between \(from?.iso8601 ?? "the beginning") and \(to?.iso8601 ?? "the end")") }
        if let detail, !cut.contains(where: { $0.detail != nil }) {
            throw Failure(.data, "\(path): no \(detail.rawValue) candles, nor finer ones, for --detail")
        }
        found.markets = cut
        return found
    }

    /// The strategy's rows of the span, with the lead before them.
    private func cut(_ market: LabMarket) -> LabMarket? {
        let times = market.history.openTime
        func row(_ time: Timestamp?) -> Int? { time.map { time in times.firstIndex { $0 >= time.milliseconds } ?? times.count } }
        let first = row(from) ?? 0, end = row(to) ?? times.count
        guard first < end else { return nil }
        return LabMarket(history: market.history.slice(first..<end, lead: first - (row(warm) ?? first)), detail: market.detail)
    }

    // MARK: Store

    /// For each pair that the strategy may trade, whatever candles there are; only the months of the span are opened.
    private func stored(_ path: String) throws -> LabMarkets {
        let store = try CandleStore(path), step = timeframe.duration
        let end = to.map { $0.floored(to: step) == $0 ? $0 : $0.floored(to: step) + step }
        let known = try store.symbols(), quotes = Set(known.map(\.quote))
        let isMeant = { (symbol: Symbol) in
            strategy.symbols.isEmpty ? symbol.quote == quote || !quotes.contains(quote) : strategy.symbols.contains(symbol)
        }
        let markets = try known.filter(isMeant).compactMap { symbol in
            try store.history(symbol, timeframe, from: warm, to: end).map { history in
                LabMarket(history: history, detail: try detail.flatMap { try store.history(symbol, $0, from: from, to: end) })
            }
        }
        guard !markets.isEmpty else {
            throw Failure(.data, "\(path) has no \(timeframe.rawValue) or finer candles of the pairs '\(strategy.name)' may trade at that time")
        }
        let others = strategy.symbols.isEmpty ? known.filter { !isMeant($0) } : []
        return LabMarkets(
            markets: markets,
            remarks: others.isEmpty ? [] : ["not used, not quoted in \(quote): \(others.map(\.description).joined(separator: ", "))"])
    }

    // MARK: Files

    private func filed(_ path: String) throws -> LabMarkets {
        let files = try LabFiles(path, symbols: strategy.symbols, timeframe: timeframe, detail: detail, quote: quote)
        let readings = try files.paths.map { try HistoryFile.open($0, known: strategy.symbols, quote: quote) }, all = readings.map(\.history)
        for (index, history) in all.enumerated()
        where all[..<index].contains(where: { $0.instrument.symbol == history.instrument.symbol && $0.timeframe == history.timeframe }) {
            throw Failure(.data, "two files hold \(history.timeframe.rawValue) candles of \(history.instrument.symbol)")
        }
        let ofSymbol = strategy.symbols.isEmpty ? all : all.filter { strategy.symbols.contains($0.instrument.symbol) }
        var markets: [LabMarket] = [], known: Set<Symbol> = []
        for symbol in ofSymbol.map(\.instrument.symbol) where known.insert(symbol).inserted {
            let own = ofSymbol.filter { $0.instrument.symbol == symbol }
            guard let history = Self.series(own, timeframe), history.count > 0 else { continue }
            markets.append(LabMarket(history: history, detail: detail.flatMap { Self.series(own, $0) }))
        }
        guard !markets.isEmpty else {
            let found = Set(all.map(\.timeframe)).sorted().map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .data,
                ofSymbol.isEmpty
                    ? "no candles of \(strategy.symbols.map(\.description).joined(separator: ", "))"
                    : "'\(strategy.name)' trades \(timeframe.rawValue) candles, these are \(found)")
        }
        return LabMarkets(markets: markets, remarks: files.remarks + assumed(readings) + readings.compactMap { $0.gaps?.description })
    }

    private func assumed(_ readings: [HistoryReading]) -> [String] {
        let symbols = readings.filter(\.isPairAssumed).map(\.history.instrument.symbol)
        guard let first = symbols.first else { return [] }
        return [
            "\(symbols.count == 1 ? "a file's name tells" : "\(symbols.count) files' names tell") no pair: taken as quoted in \(quote), "
                + "as in \(first)"
        ]
    }

    /// Candles of a time frame, out of the nearest finer ones if there is no file of it.
    private static func series(_ own: [CandleHistory], _ timeframe: Timeframe) -> CandleHistory? {
        own.filter { $0.timeframe <= timeframe }.max { $0.timeframe < $1.timeframe }?.resampled(to: timeframe)
    }
}
