// Candles straight from files, under the store's own rules: the finest are the truth, coarser files only fill.
// A pair's files are read whole at the first question about it.
import CandleFiles
import Domain
import Synchronization

/// Files named as for an import, or a folder of them; other files in a folder are left alone.
final class FileCandles: CandleSource {
    private let path: String
    /// Of each pair, in order of name.
    private let files: [Symbol: [ImportFile]]
    private let loaded = Mutex<[Symbol: [Month: [Timeframe: MonthRows]]]>([:])

    init(_ path: String) throws(CandleStoreError) {
        let names = try StoreFolder(path: path).names(in: path)
        var found: [ImportFile] = []
        if names.isEmpty { found = [try ImportFile(path: path)] } else {
            for name in names { if let file = try? ImportFile(path: path + "/" + name) { found.append(file) } }
        }
        guard !found.isEmpty else { throw .file(FileFault(file: path, "no candle files in it")) }
        self.path = path
        files = Dictionary(grouping: found, by: \.symbol)
    }

    func symbols() throws(CandleStoreError) -> [Symbol] { files.keys.sorted() }

    func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> StoredColumns {
        var columns = StoredColumns(timeframe)
        for (rows, fills) in try months(symbol, timeframe, start, end) {
            columns.append(rows)
            columns.fills += fills
        }
        return columns
    }

    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> [Candle] {
        try months(symbol, timeframe, start, end).flatMap { rows, _ in rows.slots.indices.compactMap { rows.candle($0) } }
    }

    private func months(_ symbol: Symbol, _ timeframe: Timeframe, _ start: Timestamp?, _ end: Timestamp?) throws(CandleStoreError) -> [(MonthRows, [CoarseFill])] {
        let known = try load(symbol)
        var result: [(MonthRows, [CoarseFill])] = []
        for part in MonthPart.all(symbol, timeframe, known.mapValues { $0.keys.sorted() }, start, end) {
            var sum: MonthRows?, fills: [CoarseFill] = []
            for stored in part.timeframes {
                guard let all = known[part.month]?[stored] else { continue }
                let rows = all.filtered { all.openTime(ofSlot: $0) >= part.from && all.openTime(ofSlot: $0) < part.to }
                guard sum != nil else {
                    sum = rows
                    continue
                }
                guard let more = sum?.coarsen(filledBy: rows) else { throw .digits(symbol, part.month) }
                fills += more
            }
            guard var rows = sum else { continue }
            guard rows.coarsen(to: timeframe) else { throw .digits(symbol, part.month) }
            result.append((rows, fills.sorted { $0.from < $1.from }))
        }
        return result
    }

    private func load(_ symbol: Symbol) throws(CandleStoreError) -> [Month: [Timeframe: MonthRows]] {
        guard let files = files[symbol] else { throw .noCandles(symbol, folder: path) }
        return try loaded.withLock { loaded in
            Result { () throws(CandleStoreError) in
                if let known = loaded[symbol] { return known }
                var months: [Month: [Timeframe: MonthRows]] = [:]
                for file in files { try CandleImport.read(file) { rows throws(CandleStoreError) in
                    let before = months[rows.month]?[file.timeframe] ?? MonthRows(rows.month, file.timeframe)
                    guard let merge = MonthRows.merged(before, over: rows) else { throw .digits(symbol, rows.month) }
                    months[rows.month, default: [:]][file.timeframe] = merge.rows
                } }
                loaded[symbol] = months
                return months
            }
        }.get()
    }
}
