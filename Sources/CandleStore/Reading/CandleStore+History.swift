// A store's candles as the history a backtest reads: written once, straight into its columns.
import CandleFiles
public import Kernel
public import Market

extension CandleStore {
    /// Whether a folder is a store.
    public static func isThere(_ path: String) throws(CandleStoreError) -> Bool { try StoreFolder(path: path).isStore() }

    /// All candles of one interval; nil if there are none. Tick and lot are assumed from all of the pair's candles, whatever the span.
    public func history(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError)
        -> CandleHistory?
    {
        let columns = CandleHistory.Columns(capacity: try capacity(symbol, timeframe, from: start, to: end))
        let memory = ColumnMemory(
            capacity: columns.capacity, openTime: columns.openTime, open: columns.open, high: columns.high, low: columns.low,
            close: columns.close, volume: columns.volume)
        let filled = try fill(memory, symbol, timeframe, from: start, to: end)
        guard filled.rows > 0 else { return nil }
        let rules = try assumedRules(symbol)
        guard let instrument = rules.instrument(symbol) else { return nil }
        return CandleHistory(
            columns, count: filled.rows, instrument: instrument, pricePlaces: max(filled.pricePlaces, rules.pricePlaces), timeframe: timeframe)
    }
}
