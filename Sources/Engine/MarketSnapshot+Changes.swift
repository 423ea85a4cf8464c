// The same picture with something more in it.
import Analysis
import Kernel
import Market
import Ports
import Trading

extension MarketSnapshot {
    /// With what is held at these prices; a held symbol without one has none.
    func valuing(_ held: [Symbol], at prices: [Symbol: Price]) -> MarketSnapshot {
        changed(heldMarks: heldMarks.filter { !held.contains($0.key) }.merging(prices) { $1 }, unpriced: Set(held).subtracting(prices.keys))
    }

    /// With what strategies read.
    func with(_ histories: CandleHistories) -> MarketSnapshot { changed(heldMarks: heldMarks, unpriced: unpriced, histories: histories) }

    private func changed(heldMarks: [Symbol: Price], unpriced: Set<Symbol>, histories: CandleHistories? = nil) -> MarketSnapshot {
        MarketSnapshot(
            asOf: asOf, views: views, universe: universe, sources: sources, news: news, sentiment: sentiment, clockOffset: clockOffset,
            heldMarks: heldMarks, unpriced: unpriced, listed: listed, histories: histories ?? self.histories)
    }

    var volumes: [Symbol: FixedDecimal] {
        Dictionary(views.compactMap { view in view.ticker.quoteVolume.map { (view.symbol, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The clock as it was measured for this picture; nil if the venue tells no time.
    var clock: VenueClock? {
        clockOffset.map { VenueClock(offset: TimeSpan(milliseconds: $0), roundTrip: TimeSpan(milliseconds: 0), measuredAt: asOf) }
    }
}
