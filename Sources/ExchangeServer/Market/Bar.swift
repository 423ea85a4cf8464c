// A candle with the figures a venue prints beside it, and bars put together to longer ones.
import Kernel
import Market

struct Bar: Hashable, Sendable {
    let openTime: Timestamp
    let open: FixedDecimal
    private(set) var high: FixedDecimal
    private(set) var low: FixedDecimal
    private(set) var close: FixedDecimal
    private(set) var volume: FixedDecimal = .zero
    private(set) var quoteVolume: FixedDecimal = .zero
    private(set) var takerBase: FixedDecimal = .zero
    private(set) var takerQuote: FixedDecimal = .zero
    private(set) var trades = 0

    init(openTime: Timestamp, price: FixedDecimal) {
        self.openTime = openTime
        (open, high, low, close) = (price, price, price, price)
    }

    /// A candle of the past. Figures it does not have are set plausibly: its turnover at the middle of its four prices,
    /// half of it bought, a trade for each minute of the time frame.
    init(_ candle: Candle, _ timeframe: Timeframe) {
        openTime = candle.openTime
        (open, high, low, close) = (candle.open.value, candle.high.value, candle.low.value, candle.close.value)
        volume = candle.volume.value
        guard !volume.isZero else { return }
        let middle = (open + high + low + close).divided(by: FixedDecimal(4), rounding: .nearest)
        quoteVolume = (volume.checkedTimes(middle, rounding: .nearest) ?? .zero).rounded(places: 8, .nearest)
        takerBase = volume.divided(by: FixedDecimal(2), rounding: .down).rounded(places: 8, .down)
        takerQuote = quoteVolume.divided(by: FixedDecimal(2), rounding: .down).rounded(places: 8, .down)
        trades = Int(timeframe.duration.milliseconds / 60_000)
    }

    /// So much was traded at that price; a zero amount only moves the price.
    mutating func trade(_ price: FixedDecimal, _ quantity: FixedDecimal = .zero, takerBuys: Bool = false) {
        (high, low, close) = (max(high, price), min(low, price), price)
        guard !quantity.isZero, let quote = price.checkedTimes(quantity, rounding: .down) else { return }
        volume = volume + quantity
        quoteVolume = quoteVolume + quote
        trades += 1
        guard takerBuys else { return }
        takerBase = takerBase + quantity
        takerQuote = takerQuote + quote
    }

    /// The bar that follows inside the same longer bar.
    mutating func append(_ next: Bar) {
        (high, low, close) = (max(high, next.high), min(low, next.low), next.close)
        volume = volume + next.volume
        quoteVolume = quoteVolume + next.quoteVolume
        takerBase = takerBase + next.takerBase
        takerQuote = takerQuote + next.takerQuote
        trades += next.trades
    }

    func moved(by shift: TimeSpan) -> Bar {
        var copy = Bar(openTime: openTime + shift, price: open)
        (copy.high, copy.low, copy.close, copy.volume, copy.quoteVolume) = (high, low, close, volume, quoteVolume)
        (copy.takerBase, copy.takerQuote, copy.trades) = (takerBase, takerQuote, trades)
        return copy
    }
}

extension Sequence<Bar> {
    /// Longer bars: one for each opening that `opening` names, in the order of the parts.
    func grouped(by opening: (Timestamp) -> Timestamp) -> [Bar] {
        var result: [Bar] = []
        for bar in self {
            let start = opening(bar.openTime)
            if result.last?.openTime == start {
                result[result.count - 1].append(bar)
            } else {
                result.append(bar.moved(by: start - bar.openTime))
            }
        }
        return result
    }
}
