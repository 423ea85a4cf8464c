// The lab's memory of candles. The finest candles there are for a month are its truth: coarser ones are added up
// from them, and coarser files stand in only where finer candles are missing. Nothing fills a gap that no file fills.
import Domain

/// Reads a store. Any number of readers may be at work beside one writer: a file is replaced whole or not at all.
public struct CandleStore: Sendable {
    let folder: StoreFolder
    public var path: String { folder.path }

    /// Opens a store that is there.
    public init(_ path: String) throws(CandleStoreError) {
        folder = StoreFolder(path: path)
        guard try folder.isStore() else {
            throw try folder.names(in: path).isEmpty ? .noStore(path) : .notAStore(path)
        }
    }

    /// Pairs with candles, in symbol order.
    public func symbols() throws(CandleStoreError) -> [Symbol] {
        var found: [Symbol] = []
        for symbol in try folder.symbols() where try !folder.months(of: symbol).isEmpty { found.append(symbol) }
        return found
    }

    /// Those that were named, or all.
    func chosen(_ symbols: [Symbol]?) throws(CandleStoreError) -> [Symbol] {
        if let symbols { return symbols }
        return try self.symbols()
    }

    /// Columns of all candles that open at or after `start` and are closed at `end`; nil: from the first, to the last.
    /// Throws where a block that was needed is damaged.
    public func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError) -> StoredColumns {
        let months = try months(symbol, timeframe, start, end)
        // A million one-minute candles are 23 months; a guess too large costs address space only.
        var columns = StoredColumns(timeframe, capacity: months.reduce(0) { $0 + $1.month.slots(timeframe) })
        for part in months {
            let read = try read(part, timeframe)
            columns.append(read.rows)
            columns.fills += read.fills
        }
        return columns
    }

    /// The same candles, exact.
    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError) -> [Candle] {
        var candles: [Candle] = []
        for part in try months(symbol, timeframe, start, end) {
            let rows = try read(part, timeframe).rows
            for row in rows.slots.indices {
                guard let candle = rows.candle(row) else { throw .digits(symbol, part.month) }
                candles.append(candle)
            }
        }
        return candles
    }

    /// A month, the part of it that is wanted, and the intervals stored for it.
    struct Part {
        let symbol: Symbol
        let month: Month
        var timeframes: [Timeframe]
        let from: Timestamp, to: Timestamp
    }

    private func months(_ symbol: Symbol, _ timeframe: Timeframe, _ start: Timestamp?, _ end: Timestamp?) throws(CandleStoreError) -> [Part] {
        let known = try folder.months(of: symbol)
        guard !known.isEmpty else { throw .noCandles(symbol, folder: path) }
        let step = timeframe.duration
        return known.keys.sorted().compactMap { month in
            let wanted = max(start ?? month.start, month.start), floor = wanted.floored(to: step)
            let from = floor == wanted ? wanted : floor + step, to = min(end ?? month.end, month.end).floored(to: step)
            let timeframes = (known[month] ?? []).filter { $0 <= timeframe }
            guard from < to, !timeframes.isEmpty else { return nil }
            return Part(symbol: symbol, month: month, timeframes: timeframes, from: from, to: to)
        }
    }

    /// From the finest up: what is stored fills what the finer ones do not give.
    func read(_ part: Part, _ timeframe: Timeframe) throws(CandleStoreError) -> (rows: MonthRows, fills: [CoarseFill]) {
        var part = part
        for _ in 0..<3 {
            let layers = try layers(part, timeframe)
            // A writer may have put finer candles in the place of coarser ones since the folder was listed.
            if layers.isComplete {
                guard layers.damages.isEmpty else { throw .damaged(layers.damages) }
                return (layers.rows, layers.fills)
            }
            part.timeframes = try folder.months(of: part.symbol)[part.month]?.filter { $0 <= timeframe } ?? []
        }
        throw .busy(path)
    }

    struct Layers {
        let rows: MonthRows
        var fills: [CoarseFill] = []
        var damages: [StoreDamage] = []
        /// False where a file that was listed has gone.
        var isComplete = true
    }

    /// What is sound of a month, and what is not.
    func layers(_ part: Part, _ timeframe: Timeframe) throws(CandleStoreError) -> Layers {
        var sum: MonthRows?, fills: [CoarseFill] = [], damages: [StoreDamage] = [], isComplete = true
        for stored in part.timeframes {
            let decoded: MonthFile.Decoded
            do throws(CandleStoreError) {
                guard let file = try MonthFile(MonthKey(symbol: part.symbol, timeframe: stored, month: part.month), in: path) else {
                    isComplete = false
                    continue
                }
                decoded = file.decode(from: part.from, to: part.to)
            } catch {
                guard case .damaged(let found) = error else { throw error }
                damages += found
                continue
            }
            damages += decoded.damages
            guard let finer = sum else {
                sum = decoded.rows
                continue
            }
            guard let derived = finer.aggregated(to: stored), let merge = MonthRows.merged(derived, over: decoded.rows) else { throw .digits(part.symbol, part.month) }
            sum = merge.rows
            fills += Self.fills(merge.filled, of: merge.rows)
        }
        guard let rows = (sum ?? MonthRows(part.month, timeframe)).aggregated(to: timeframe) else { throw .digits(part.symbol, part.month) }
        return Layers(rows: rows, fills: fills.sorted { $0.from < $1.from }, damages: damages, isComplete: isComplete)
    }

    private static func fills(_ slots: [Int32], of rows: MonthRows) -> [CoarseFill] {
        Spans.of(slots).map { CoarseFill(timeframe: rows.timeframe, from: rows.openTime(ofSlot: $0.lowerBound), to: rows.openTime(ofSlot: $0.upperBound)) }
    }
}

enum Spans {
    /// Ascending numbers as runs, the ends not included.
    static func of(_ slots: some Sequence<Int32>) -> [Range<Int32>] {
        var spans: [Range<Int32>] = []
        for slot in slots {
            if let last = spans.last, last.upperBound == slot { spans[spans.count - 1] = last.lowerBound..<(slot + 1) } else { spans.append(slot..<(slot + 1)) }
        }
        return spans
    }
}
