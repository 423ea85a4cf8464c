// Candles and their time frames: the only price history a decision may read.
public import Kernel

/// The length of a candle.
public enum Timeframe: String, CaseIterable, Codable, Sendable, Comparable {
    case m1 = "1m", m5 = "5m", m15 = "15m", m30 = "30m", h1 = "1h", h4 = "4h", d1 = "1d"

    public var duration: TimeSpan {
        switch self {
        case .m1: .minutes(1)
        case .m5: .minutes(5)
        case .m15: .minutes(15)
        case .m30: .minutes(30)
        case .h1: .hours(1)
        case .h4: .hours(4)
        case .d1: .days(1)
        }
    }
    public static func < (a: Timeframe, b: Timeframe) -> Bool { a.duration < b.duration }
}

/// One candle: prices in quote units, volume in base units. `low <= open, close <= high` always holds.
public struct Candle: Hashable, Codable, Sendable {
    public let openTime: Timestamp
    public let open: Price
    public let high: Price
    public let low: Price
    public let close: Price
    public let volume: Quantity

    /// nil if the four prices contradict each other.
    public init?(openTime: Timestamp, open: Price, high: Price, low: Price, close: Price, volume: Quantity) {
        guard low <= open, low <= close, open <= high, close <= high else { return nil }
        self.openTime = openTime
        self.open = open
        self.high = high
        self.low = low
        self.close = close
        self.volume = volume
    }

    public func closeTime(_ timeframe: Timeframe) -> Timestamp { openTime + timeframe.duration }
}
