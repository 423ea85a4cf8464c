// Candles for whoever computes with history, wherever they lie: a store, a file, or a folder of files.
import CandleFiles
import Domain
import Ports

public protocol CandleSource: Sendable {
    /// Pairs with candles, in symbol order.
    func symbols() throws(CandleStoreError) -> [Symbol]
    /// All candles that open at or after `start` and are closed at `end`; nil: from the first, to the last.
    func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> StoredColumns
    /// The same candles, exact.
    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> [Candle]
}

extension CandleStore: CandleSource {}

/// Files named `<BASE><QUOTE>-<interval>.csv[.gz]`, or a folder of them. A coarse candle is read where a file has it, and
/// added up where none has.
struct FileCandles: CandleSource {
    private let market: CandleFileMarket

    init(_ path: String, quote: Currency) throws(CandleStoreError) {
        do throws(FeedError) { market = try CandleFileMarket(paths: [path], quote: quote) } catch { throw .file(FileFault(file: path, error.detail)) }
    }

    func symbols() throws(CandleStoreError) -> [Symbol] { market.symbols }

    func columns(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> StoredColumns {
        StoredColumns(timeframe, try candles(symbol, timeframe, from: start, to: end))
    }

    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp?, to end: Timestamp?) throws(CandleStoreError) -> [Candle] {
        let from = start ?? Timestamp(milliseconds: 0), to = end ?? Timestamp(milliseconds: 4_102_444_800_000)
        do throws(FeedError) {
            return try market.read(symbol, timeframe, from: from, to: to, limit: .max)
        } catch { throw .file(FileFault(file: symbol.joined, error.detail)) }
    }
}

public enum CandleSources {
    /// A store's folder is known by its marker; anything else is a candle file or a folder of them.
    public static func open(_ path: String, quote: Currency = .usdt) throws(CandleStoreError) -> any CandleSource {
        if try StoreFolder(path: path).isStore() { return try CandleStore(path) }
        return try FileCandles(path, quote: quote)
    }
}
