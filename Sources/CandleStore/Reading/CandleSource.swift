// Candles for whoever computes with history, wherever they lie: a store, a file, or a folder of files.
import Domain

public protocol CandleSource: Sendable {
    /// Pairs with candles, in symbol order.
    func symbols() throws(CandleStoreError) -> [Symbol]
    /// All candles that open at or after `start` and are closed at `end`; nil: from the first, to the last.
    func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> StoredColumns
    /// The same candles, exact.
    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> [Candle]
}

extension CandleStore: CandleSource {}

public enum CandleSources {
    /// A store's folder is known by its marker; anything else is a file that could be imported, or a folder of such files.
    public static func open(_ path: String) throws(CandleStoreError) -> any CandleSource {
        if try StoreFolder(path: path).isStore() { return try CandleStore(path) }
        return try FileCandles(path)
    }
}
