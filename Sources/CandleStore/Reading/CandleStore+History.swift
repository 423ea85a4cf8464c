// A store's candles as the history a backtest reads: written once, straight into its columns.
import CandleFiles
import Domain

extension CandleStore {
    /// Whether a folder is a store.
    public static func isThere(_ path: String) throws(CandleStoreError) -> Bool { try StoreFolder(path: path).isStore() }

    /// All candles of one interval; nil where there are none. Tick and lot are the candles' decimals, the smallest order is about ten dollars.
    public func history(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp? = nil, to end: Timestamp? = nil) throws(CandleStoreError) -> CandleHistory? {
        let columns = CandleHistory.Columns(capacity: try capacity(symbol, timeframe, from: start, to: end))
        let memory = ColumnMemory(capacity: columns.capacity, openTime: columns.openTime, open: columns.open, high: columns.high, low: columns.low,
                                  close: columns.close, volume: columns.volume)
        let filled = try fill(memory, symbol, timeframe, from: start, to: end)
        guard filled.rows > 0, let instrument = Instrument(symbol: symbol, tickSize: .unit(places: filled.pricePlaces), lotStep: .unit(places: filled.volumePlaces),
                                                           minNotional: QuoteCurrency.assumedMinimum(symbol.quote), assumed: true) else { return nil }
        return CandleHistory(columns, count: filled.rows, instrument: instrument, pricePlaces: filled.pricePlaces, timeframe: timeframe)
    }
}
