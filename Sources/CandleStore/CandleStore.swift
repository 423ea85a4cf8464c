// The lab's memory of candles. The finest candles there are for a month are its truth: coarser ones are added up
// from them, and coarser files stand in only if finer candles are missing. Nothing fills a gap that no file fills.
public import Kernel
public import Market

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
    /// Throws if a block that was needed is damaged.
    public func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError)
        -> StoredColumns
    {
        let months = try months(symbol, timeframe, start, end)
        // Gaps make it a guess too large, which costs address space only.
        var columns = StoredColumns(
            timeframe, capacity: months.reduce(0) { $0 + Int(($1.to - $1.from).milliseconds / timeframe.duration.milliseconds) })
        // One month's memory serves all: getting pages from the system costs more than reading them.
        var rows = MonthRows(Month.first, timeframe)
        for part in months {
            columns.fills += try read(part, timeframe, into: &rows)
            columns.append(rows)
        }
        return columns
    }

    /// How many rows the same question may have at most, without reading any.
    public func capacity(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError)
        -> Int
    {
        try months(symbol, timeframe, start, end).reduce(0) { $0 + Int(($1.to - $1.from).milliseconds / timeframe.duration.milliseconds) }
    }

    /// Writes the same columns into the caller's memory. Returns the rows written, the most decimals of a price and of a volume.
    public func fill(_ memory: ColumnMemory, _ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil)
        throws(CandleStoreError) -> (rows: Int, pricePlaces: Int, volumePlaces: Int)
    {
        var filled = (rows: 0, pricePlaces: 0, volumePlaces: 0), rows = MonthRows(Month.first, timeframe)
        for part in try months(symbol, timeframe, start, end) {
            _ = try read(part, timeframe, into: &rows)
            precondition(filled.rows + rows.count <= memory.openTime.count, "memory for all rows that capacity tells")
            memory.write(rows, behind: filled.rows)
            filled = (filled.rows + rows.count, max(filled.pricePlaces, rows.pricePlaces), max(filled.volumePlaces, rows.volumePlaces))
        }
        return filled
    }

    /// The same candles, exact.
    public func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError)
        -> [Candle]
    {
        var candles: [Candle] = []
        var rows = MonthRows(Month.first, timeframe)
        for part in try months(symbol, timeframe, start, end) {
            _ = try read(part, timeframe, into: &rows)
            for row in rows.slots.indices {
                guard let candle = rows.candle(row) else { throw .digits(symbol, part.month) }
                candles.append(candle)
            }
        }
        return candles
    }

    private func months(_ symbol: Symbol, _ timeframe: Timeframe, _ start: Timestamp?, _ end: Timestamp?) throws(CandleStoreError) -> [MonthPart] {
        let known = try folder.months(of: symbol)
        guard !known.isEmpty else { throw .noCandles(symbol, folder: path) }
        return MonthPart.all(symbol, timeframe, known, start, end)
    }

    /// From the finest up: what is stored fills what the finer ones do not give. Returns where it did.
    func read(_ part: MonthPart, _ timeframe: Timeframe, into rows: inout MonthRows) throws(CandleStoreError) -> [CoarseFill] {
        var part = part
        for _ in 0..<3 {
            let found = try layers(part, timeframe, into: &rows)
            // A writer may have put finer candles in the place of coarser ones since the folder was listed.
            if found.isComplete {
                guard found.damages.isEmpty else { throw .damaged(found.damages) }
                return found.fills
            }
            part.timeframes = try folder.months(of: part.symbol)[part.month]?.filter { $0 <= timeframe } ?? []
        }
        throw .busy(path)
    }

    struct Layers {
        var fills: [CoarseFill] = []
        var damages: [StoreDamage] = []
        /// False if a file that was listed has gone.
        var isComplete = true
    }

    /// What is sound of a month, and what is not.
    func layers(_ part: MonthPart, _ timeframe: Timeframe, into rows: inout MonthRows) throws(CandleStoreError) -> Layers {
        var found = Layers(), isFirst = true
        rows.reset(part.month, timeframe)
        for stored in part.timeframes {
            guard let file = try open(MonthKey(symbol: part.symbol, timeframe: stored, month: part.month), &found) else { continue }
            if isFirst {
                found.damages += file.decode(from: part.from, to: part.to, into: &rows)
                isFirst = false
                continue
            }
            let decoded = file.decode(from: part.from, to: part.to)
            found.damages += decoded.damages
            guard let fills = rows.coarsen(filledBy: decoded.rows) else { throw .digits(part.symbol, part.month) }
            found.fills += fills
        }
        guard rows.coarsen(to: timeframe) else { throw .digits(part.symbol, part.month) }
        found.fills.sort { $0.from < $1.from }
        return found
    }

    /// nil for a file that has gone, or whose head is damaged.
    private func open(_ key: MonthKey, _ found: inout Layers) throws(CandleStoreError) -> MonthFile? {
        do throws(CandleStoreError) {
            let file = try MonthFile(key, in: path)
            if file == nil { found.isComplete = false }
            return file
        } catch {
            guard case .damaged(let lost) = error else { throw error }
            found.damages += lost
            return nil
        }
    }
}
