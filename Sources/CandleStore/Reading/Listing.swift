// What a store holds, read from the heads of its files, and the proof that it is what was written.
public import Kernel
public import Market

/// One interval of one pair.
public struct StoredSeries: Hashable, Sendable {
    public let symbol: Symbol
    public let timeframe: Timeframe
    /// First opening and last close; nil if no head can be read.
    public internal(set) var from: Timestamp?, to: Timestamp?
    public internal(set) var candles = 0, bytes = 0, months = 0
    /// Months in which finer candles are the truth and these only fill their gaps.
    public internal(set) var fillingMonths = 0
    /// Candles missing in the months in which this is the finest interval.
    public internal(set) var missing = 0
    /// Files whose head is damaged.
    public internal(set) var damagedFiles = 0

    public init(symbol: Symbol, timeframe: Timeframe) {
        self.symbol = symbol
        self.timeframe = timeframe
    }
}

/// What `verify` counted.
public struct Verification: Sendable {
    public internal(set) var files = 0, blocks = 0, candles = 0, bytes = 0
    public internal(set) var damages: [StoreDamage] = []
    /// Files of a later version, which this program cannot judge.
    public internal(set) var newer: [String] = []
}

extension CandleStore {
    /// Every pair and interval, in order of pair and then finest first.
    public func list(_ symbols: [Symbol]? = nil) throws(CandleStoreError) -> [StoredSeries] {
        var result: [StoredSeries] = []
        for symbol in try chosen(symbols) {
            let known = try folder.months(of: symbol)
            guard !known.isEmpty else { throw .noCandles(symbol, folder: path) }
            let gaps = try gaps(of: symbol)
            for timeframe in Timeframe.allCases where known.values.contains(where: { $0.contains(timeframe) }) {
                var series = StoredSeries(symbol: symbol, timeframe: timeframe)
                for month in known.keys.sorted() where known[month]?.contains(timeframe) ?? false {
                    series.months += 1
                    if known[month]?.first != timeframe { series.fillingMonths += 1 }
                    try add(MonthKey(symbol: symbol, timeframe: timeframe, month: month), to: &series)
                }
                series.missing = gaps.filter { $0.timeframe == timeframe }.reduce(0) { $0 + $1.missing }
                result.append(series)
            }
        }
        return result
    }

    private func add(_ key: MonthKey, to series: inout StoredSeries) throws(CandleStoreError) {
        do throws(CandleStoreError) {
            guard let file = try MonthFile(key, in: path) else { return }
            series.candles += file.rowCount
            series.bytes += file.size
            series.from = series.from ?? file.firstOpen
            series.to = file.lastClose
        } catch {
            guard case .damaged = error else { throw error }
            series.damagedFiles += 1
        }
    }

    /// Reads every block of every file and names what is damaged.
    /// - Parameter onFile: hears how many of how many files are done.
    public func verify(_ symbols: [Symbol]? = nil, onFile: (Int, Int) -> Void = { _, _ in }) throws(CandleStoreError) -> Verification {
        var keys: [MonthKey] = []
        for symbol in try chosen(symbols) {
            let known = try folder.months(of: symbol)
            guard !known.isEmpty else { throw .noCandles(symbol, folder: path) }
            for month in known.keys.sorted() {
                for timeframe in known[month] ?? [] { keys.append(MonthKey(symbol: symbol, timeframe: timeframe, month: month)) }
            }
        }
        var result = Verification(), rows = MonthRows(Month.first, .m1)
        for (done, key) in keys.enumerated() {
            do throws(CandleStoreError) {
                guard let file = try MonthFile(key, in: path) else { continue }
                result.damages += file.decode(from: key.month.start, to: key.month.end, into: &rows)
                result.candles += rows.count
                result.blocks += file.blocks.count
                result.bytes += file.size
            } catch {
                switch error {
                case .damaged(let lost): result.damages += lost
                case .newer(let file, _): result.newer.append(file)
                default: throw error
                }
            }
            result.files += 1
            onFile(done + 1, keys.count)
        }
        return result
    }
}
