// `volatilityRisk`, the guard: keeps an instrument out while its volatility is far from what its month
// knew, or right after a shock candle. It never argues for a trade: its "buy" means no objection.
import Kernel
import Market

/// Signal = realised volatility of the last 24 h over that of the (up to) 30 days before them.
/// Vetoes (hold, at 0.70 or more) if the signal exceeds 2.5 or the last candle's true range exceeds
/// 4 times the ATR 14 before it; else allows, the surer the calmer.
enum VolatilityRisk {
    static let volatilityCeiling = 2.5
    static let shockCeiling = 4.0
    static let vetoFloor: Ratio = "0.70"
    static let day = 24
    static let month = 720

    static func view(_ columns: CandleColumns) -> IndicatorView? {
        var scatter = RealisedVolatility(day), range = ATR(14)
        var history = SignalHistory(capacity: columns.count)
        var rangeBefore: Double?, rangeNow: Double?
        for row in 0..<columns.count {
            if let value = scatter.update(columns.close[row]) { history.append(value) }
            rangeBefore = rangeNow
            rangeNow = range.update(high: columns.high[row], low: columns.low[row], close: columns.close[row])
        }
        guard let now = history.standing, let rangeBefore, let usual = usualVolatility(columns.close) else { return nil }
        let last = columns.count - 1
        let travelled = ATR.trueRange(high: columns.high[last], low: columns.low[last], previousClose: columns.close[last - 1])
        let ratio = multiple(now.value, of: usual.volatility), shock = multiple(travelled, of: rangeBefore)
        let span = usual.days >= month / day ? "its month" : "its last \(usual.days) days"
        let veto = max(vetoFloor, now.percentile)
        if ratio > volatilityCeiling {
            return IndicatorView(action: .hold, conviction: veto, reason: "volatility \(ratio.text(1)) × \(span)")
        }
        if shock > shockCeiling {
            return IndicatorView(action: .hold, conviction: veto, reason: "shock candle of \(shock.text(1)) ATR")
        }
        return IndicatorView(
            action: .buy, conviction: Ratio(.one - now.percentile.value),
            reason: "no objection: volatility \(ratio.text(1)) × \(span), last candle \(shock.text(1)) ATR")
    }

    /// The volatility per candle of the returns before the last day, up to a month of them, and the days covered.
    private static func usualVolatility(_ close: [Double]) -> (volatility: Double, days: Int)? {
        let end = close.count - day
        let start = max(0, end - month - 1)
        var scatter = RealisedVolatility(max(2, end - start - 1))
        var volatility: Double?
        for row in start..<max(start, end) { volatility = scatter.update(close[row]) }
        return volatility.map { ($0, (end - start - 1) / day) }
    }

    /// value / base; if the base is zero, any movement at all is beyond every ceiling.
    private static func multiple(_ value: Double, of base: Double) -> Double {
        if base > 0 { return value / base }
        return value > 0 ? 1_000 : 0
    }
}
