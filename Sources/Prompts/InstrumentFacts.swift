// The numbers a prompt shows about one instrument, all computed here from closed hourly candles: a model
// does no arithmetic on prices.
public import Analysis
public import Kernel
public import Market

public struct InstrumentFacts: Sendable {
    public let symbol: Symbol
    public let last: Price
    /// 24 h change as the venue tells it, percent.
    public let change: Double?
    /// 24 h, in quote units.
    public let quoteVolume: FixedDecimal?
    /// Close to close, percent: 1, 4, 24 and 168 hours.
    public let returns: [Double?]
    /// Standard deviation of the last 24 hourly returns, percent an hour.
    public let volatility: Double?
    /// Wilder's RSI over 14 hours, 0 to 100.
    public let rsi: Double?
    /// Average true range over 14 hours, percent of the last close.
    public let atr: Double?
    /// Last close above (or below) its mean over 20 and 50 hours, percent.
    public let fromMean: [Double?]
    /// How often, in this instrument's own past, the first target came before the stop, percent; nil if not computed.
    public let baseRate: Double?

    public static let returnHours = [1, 4, 24, 168]
    public static let meanHours = [20, 50]

    /// - Parameter baseRate: a share from 0 to 1.
    public init(_ view: InstrumentView, baseRate: Double? = nil) {
        symbol = view.symbol
        last = view.ticker.last
        change = view.ticker.change.map { $0.double * 100 }
        quoteVolume = view.ticker.quoteVolume
        let columns = view.columns
        let closes = columns.close
        returns = Self.returnHours.map { hours in
            closes.count > hours ? (closes[closes.count - 1] / closes[closes.count - 1 - hours] - 1) * 100 : nil
        }
        var rsi = RSI(14), atr = ATR(14)
        var lastRSI: Double?, lastATR: Double?
        for row in 0..<columns.count {
            lastRSI = rsi.update(closes[row])
            lastATR = atr.update(high: columns.high[row], low: columns.low[row], close: closes[row])
        }
        self.rsi = lastRSI
        self.atr = lastATR.flatMap { range in closes.last.map { range / $0 * 100 } }
        volatility = Self.deviation(closes.suffix(25))
        fromMean = Self.meanHours.map { hours in
            guard closes.count >= hours, let close = closes.last else { return nil }
            return (close * Double(hours) / closes.suffix(hours).reduce(0, +) - 1) * 100
        }
        self.baseRate = baseRate.map { $0 * 100 }
    }

    /// Sample standard deviation of the close-to-close returns, percent; nil for fewer than 25 closes.
    private static func deviation(_ closes: ArraySlice<Double>) -> Double? {
        guard closes.count == 25 else { return nil }
        let returns = zip(closes.dropFirst(), closes).map { ($0 / $1 - 1) * 100 }
        let mean = returns.reduce(0, +) / Double(returns.count)
        let squares = returns.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(returns.count - 1)).squareRoot()
    }

    var json: JSONValue {
        var members: [(String, JSONValue)] = [
            ("symbol", .text(symbol.description)), ("last", .number(last.description)), ("change24hPercent", .number(change, places: 2)),
            ("quoteVolume24h", quoteVolume.map { .number($0.rounded(places: 0, .nearest).description) } ?? .null)
        ]
        for (hours, value) in zip(Self.returnHours, returns) { members.append(("return\(hours)hPercent", .number(value, places: 2))) }
        members += [
            ("volatilityPercentPerHour", .number(volatility, places: 2)), ("rsi14", .number(rsi, places: 1)),
            ("atr14Percent", .number(atr, places: 2))
        ]
        for (hours, value) in zip(Self.meanHours, fromMean) { members.append(("fromMean\(hours)hPercent", .number(value, places: 2))) }
        members.append(("firstTargetBeforeStopPercent", .number(baseRate, places: 1)))
        return .fields(members)
    }
}
