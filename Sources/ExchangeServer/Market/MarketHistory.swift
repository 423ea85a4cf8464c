// Where an exchange's prices come from: candles of a past (files) or of a made-up market, with the rules of
// what is traded. The exchange plays them on; it does not care which they are.
public import Kernel
public import Market
public import Trading

public struct MarketHistory: Sendable {
    /// Closed candles that open at or after `from` and close at or before `to`, ascending, at most the `limit` newest.
    public typealias Candles = @Sendable (_ symbol: Symbol, _ timeframe: Timeframe, _ from: Timestamp, _ to: Timestamp, _ limit: Int) -> [Candle]

    /// `synthetic market`, `candle files`.
    public let name: String
    /// In symbol order.
    public let rules: [InstrumentRules]
    /// The time frame whose candles are played.
    public let step: Timeframe
    public let candles: Candles
    /// When an instrument's first candle opens; nil if that is not known.
    public let listedSince: @Sendable (Symbol) -> Timestamp?

    public init(
        name: String, rules: [InstrumentRules], step: Timeframe, listedSince: @escaping @Sendable (Symbol) -> Timestamp? = { _ in nil },
        candles: @escaping Candles
    ) {
        self.name = name
        self.rules = rules.sorted { $0.symbol < $1.symbol }
        self.step = step
        self.listedSince = listedSince
        self.candles = candles
    }
}

extension InstrumentRules {
    /// A venue's usual rules round the numbers of an instrument: what Binance asks of a liquid pair.
    public static func usual(_ instrument: Instrument) -> InstrumentRules {
        InstrumentRules(
            symbol: instrument.symbol,
            price: Range(minimum: instrument.tickSize, maximum: FixedDecimal(1_000_000), step: instrument.tickSize),
            lot: Range(minimum: instrument.lotStep, maximum: FixedDecimal(90_000_000), step: instrument.lotStep),
            marketLot: Range(minimum: nil, maximum: FixedDecimal(10_000_000), step: nil),
            notional: NotionalRule(minimum: instrument.minNotional, maximum: FixedDecimal(9_000_000)),
            percentPrice: PercentPrice(bidUp: FixedDecimal(5), bidDown: "0.2", askUp: FixedDecimal(5), askDown: "0.2"),
            averagingWindow: .minutes(5), maximumOrders: 200, maximumAlgoOrders: 5, maximumOrderLists: 20)
    }
}
