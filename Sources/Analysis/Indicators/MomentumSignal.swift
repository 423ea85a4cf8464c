// `momentum`: did the last day carry further than its own scatter explains, and do recent rises
// outweigh recent falls?
import Market

/// Signal = half of each: the day's return (ROC 24) in units of the day's volatility (24 h, times √24),
/// and (RSI 14 - 50) / 10. If the two halves point in different directions, it holds.
enum MomentumSignal {
    static func view(_ columns: CandleColumns) -> IndicatorView? {
        var change = ROC(24), scatter = RealisedVolatility(24), strength = RSI(14)
        var history = SignalHistory(capacity: columns.count)
        var last = (change: 0.0, strength: 50.0)
        let day = Double(24).squareRoot()
        for close in columns.close {
            let changeValue = change.update(close), scatterValue = scatter.update(close), strengthValue = strength.update(close)
            guard let changeValue, let scatterValue, let strengthValue else { continue }
            let scaled = scatterValue > 0 ? changeValue / 100 / (scatterValue * day) : 0
            history.append((scaled + (strengthValue - 50) / 10) / 2)
            last = (changeValue, strengthValue)
        }
        guard let now = history.standing else { return nil }
        let (action, conviction) = now.judged(permitted: last.change * (last.strength - 50) > 0)
        let sign = last.change < 0 ? "" : "+"
        return IndicatorView(
            action: action, conviction: conviction,
            reason: "24 h \(sign)\(last.change.text(1)) %, RSI \(last.strength.text(0)), \(now.ordinal)")
    }
}
