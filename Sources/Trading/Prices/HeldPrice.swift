// How far the price of something held can be believed: the candles that may be acted on, what it counts at, and
// what speaks against the others.
public import Kernel
public import Market

public struct HeldPrice: Hashable, Sendable {
    public let timeframe: Timeframe
    /// Candles that exits may be read from, ascending.
    public var candles: [Candle]
    /// Contradicted candles lie before the last of these: read so far, they are not read again.
    public var isPastDoubts = false
    /// What it counts at; nil if no source can be believed.
    public var mark: Price?
    /// Last price and best bid; nil if they cannot be believed.
    public var spot: SpotPrice?
    /// What contradicts what, in words; nil if nothing does.
    public var dispute: String?

    public init(timeframe: Timeframe, candles: [Candle] = [], mark: Price? = nil, spot: SpotPrice? = nil, dispute: String? = nil) {
        self.timeframe = timeframe
        self.candles = candles
        self.mark = mark
        self.spot = spot
        self.dispute = dispute
    }
}

extension ExitRules {
    /// The sales due of a held coin: those by the candles that can be believed; and, if last price and best bid stand at or below
    /// the stop now, everything that is left, at once. No target is reached by a price without a candle.
    public static func read(_ price: HeldPrice, at time: Timestamp, for holding: Holding) -> (due: [DueExit], watch: ExitWatch) {
        var (due, watch) = read(price.candles, price.timeframe, for: holding)
        let left = due.reduce(holding.remaining) { $0 - min($0, $1.quantity) }
        let stop = max(holding.bracket.stop, watch.trailingStop ?? holding.bracket.stop)
        guard let spot = price.spot, !left.isZero, spot.isAtOrBelow(stop) else { return (due, watch) }
        let minute = TriggerCandle(openTime: time.floored(to: Timeframe.m1.duration), timeframe: .m1)
        due.append(
            DueExit(reason: stop > holding.bracket.stop ? .trailingStop : .stopLoss, quantity: left, price: min(spot.last, spot.sale), candle: minute)
        )
        return (due, watch)
    }
}
