// Where the lab's candles come from: files or the store, of the strategy's time frame or put together from finer
// ones, and finer ones for its exits. Promise: nothing is read that neither the span asked for nor its warm-up needs
// where the place allows it (a store's months do, files are read whole).
import CandleFiles
import CandleStore
import Domain
import Glibc

/// A market's candles for a run.
struct LabMarket {
    let history: CandleHistory
    /// nil where there are none, or none were asked for.
    let detail: CandleHistory?
}

/// What was found, and what a person should know of it, a line each.
struct LabMarkets {
    var markets: [LabMarket]
    var remarks: [String] = []
}

struct LabCandles {
    let strategy: Strategy
    /// Of the candles for exits.
    let detail: Timeframe?
    let from: Timestamp?
    /// The first moment that is left out.
    let to: Timestamp?
    /// So many candles before `from` are for indicators.
    let lead: Int

    private var timeframe: Timeframe { strategy.timeframe }
    private var warm: Timestamp? { from.map { $0 - timeframe.duration * lead } }

    func read(_ path: String) throws -> LabMarkets {
        var found: LabMarkets
        do { found = try CandleStore.isThere(path) ? stored(path) : filed(path) } catch let fault as FileFault { throw Failure(.data, fault.description) }
        let cut = found.markets.compactMap(cut)
        guard !cut.isEmpty else { throw Failure(.data, "no candles between \(from?.iso8601 ?? "the beginning") and \(to?.iso8601 ?? "the end")") }
        if let detail, !cut.contains(where: { $0.detail != nil }) { throw Failure(.data, "\(path): no \(detail.rawValue) candles, nor finer ones, for --detail") }
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

    /// Of each pair that the strategy may trade, whatever candles there are; only the months of the span are opened.
    private func stored(_ path: String) throws -> LabMarkets {
        let store = try CandleStore(path), step = timeframe.duration
        let end = to.map { $0.floored(to: step) == $0 ? $0 : $0.floored(to: step) + step }
        let markets = try store.symbols().filter { strategy.symbols.isEmpty || strategy.symbols.contains($0) }.compactMap { symbol in
            try store.history(symbol, timeframe, from: warm, to: end).map { history in
                LabMarket(history: history, detail: try detail.flatMap { try store.history(symbol, $0, from: from, to: end) })
            }
        }
        guard !markets.isEmpty else { throw Failure(.data, "\(path) has no \(timeframe.rawValue) candles, nor finer ones, of what '\(strategy.name)' may trade then") }
        return LabMarkets(markets: markets)
    }

    // MARK: Files

    private func filed(_ path: String) throws -> LabMarkets {
        let readings = try files(path).map { try HistoryFile.open($0) }, all = readings.map(\.history)
        for (index, history) in all.enumerated() where all[..<index].contains(where: { $0.instrument.symbol == history.instrument.symbol && $0.timeframe == history.timeframe }) {
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
            throw Failure(.data, ofSymbol.isEmpty ? "no candles of \(strategy.symbols.map(\.description).joined(separator: ", "))"
                : "'\(strategy.name)' trades \(timeframe.rawValue) candles, these are \(found)")
        }
        return LabMarkets(markets: markets, remarks: readings.compactMap { $0.gaps?.description })
    }

    /// Candles of a time frame, out of the nearest finer ones where there is no file of it.
    private static func series(_ own: [CandleHistory], _ timeframe: Timeframe) -> CandleHistory? {
        own.filter { $0.timeframe <= timeframe }.max { $0.timeframe < $1.timeframe }?.resampled(to: timeframe)
    }

    /// The file itself, and one with finer candles beside it where exits need it; or the files of a folder that are needed.
    private func files(_ path: String) throws -> [String] {
        if let names = try Self.names(path) {
            let needed = needed(names, [timeframe] + (detail.map { [$0] } ?? []))
            guard !needed.isEmpty else { throw Failure(.data, "\(path): no files of \(timeframe.rawValue) candles or finer ones of spot pairs (*.csv, *.csv.gz)") }
            return needed.map { "\(path)/\($0)" }
        }
        let file = path.split(separator: "/").last.map(String.init) ?? path, folder = String(path.dropLast(file.count))
        guard let detail, case .candles(let pair, let own) = HistoryFile.name(file), own > detail else { return [path] }
        let beside = try Self.names(folder.isEmpty ? "." : folder)?.filter { if case .candles(pair, _) = HistoryFile.name($0) { true } else { false } } ?? []
        return [path] + needed(beside, [detail]).map { folder + $0 }
    }

    /// Of each pair the files that give these time frames, and files whose name tells nothing, in the order of their names.
    private func needed(_ names: [String], _ timeframes: [Timeframe]) -> [String] {
        var intervals: [String: Set<Timeframe>] = [:]
        for case .candles(let pair, let own) in names.map(HistoryFile.name) { intervals[pair, default: []].insert(own) }
        return names.sorted().filter { name in
            switch HistoryFile.name(name) {
            case .candles(let pair, let own): timeframes.contains { wanted in intervals[pair]?.filter { $0 <= wanted }.max() == own }
            case .untold: true
            case .other: false
            }
        }
    }

    /// The names in a folder; nil for a file.
    private static func names(_ path: String) throws -> [String]? {
        guard let folder = opendir(path) else {
            guard errno == ENOTDIR else { throw Failure(.noInput, "cannot read \(path): \(String(cString: strerror(errno)))") }
            return nil
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } })
        }
        return names
    }
}
