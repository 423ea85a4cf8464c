// Candles as they were read for one instrument and one time frame, or why they could not be.
public import Market

public struct CandleKey: Hashable, Comparable, Sendable {
    public let symbol: Symbol
    public let timeframe: Timeframe

    public init(_ symbol: Symbol, _ timeframe: Timeframe) {
        self.symbol = symbol
        self.timeframe = timeframe
    }

    public static func < (a: CandleKey, b: CandleKey) -> Bool { (a.symbol, a.timeframe) < (b.symbol, b.timeframe) }
}

public enum CandleReading: Hashable, Sendable {
    /// Closed ones, ascending.
    case read([Candle])
    case lost(why: String)

    public var candles: [Candle]? { if case .read(let candles) = self { candles } else { nil } }
}

public typealias CandleHistories = [CandleKey: CandleReading]
