// Candles as the indicators of the lab read them: five columns of Double, volume among them.
import Kernel

/// Prices in quote units, volumes in base units, row by row in ascending time. All columns have the same
/// length and every number is finite; whoever makes one vouches for that. Gaps in time are not seen.
public struct IndicatorInput: Sendable {
    public let open: [Double]
    public let high: [Double]
    public let low: [Double]
    public let close: [Double]
    public let volume: [Double]

    public init(open: [Double], high: [Double], low: [Double], close: [Double], volume: [Double]) {
        precondition([open.count, high.count, low.count, volume.count].allSatisfy { $0 == close.count }, "columns of one length")
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    /// Candles in ascending time.
    public init(_ candles: some Collection<Candle>) {
        self.init(
            open: candles.map(\.open.double), high: candles.map(\.high.double), low: candles.map(\.low.double),
            close: candles.map(\.close.double), volume: candles.map(\.volume.double))
    }

    public var count: Int { close.count }
}
