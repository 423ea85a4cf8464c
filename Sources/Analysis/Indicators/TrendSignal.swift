// `trend`: is the short average above the long one, and by how many usual candles?
import Market

/// Signal = (EMA 12 - EMA 48) / ATR 14, dimensionless.
enum TrendSignal {
    static func view(_ columns: CandleColumns) -> IndicatorView? {
        var fast = EMA(12), slow = EMA(48), range = ATR(14)
        var history = SignalHistory(capacity: columns.count)
        for row in 0..<columns.count {
            let close = columns.close[row]
            let fastValue = fast.update(close), slowValue = slow.update(close)
            let rangeValue = range.update(high: columns.high[row], low: columns.low[row], close: close)
            guard let fastValue, let slowValue, let rangeValue else { continue }
            history.append(rangeValue > 0 ? (fastValue - slowValue) / rangeValue : 0)
        }
        guard let now = history.standing else { return nil }
        let (action, conviction) = now.judged()
        let side = now.value < 0 ? "below" : "above"
        return IndicatorView(
            action: action, conviction: conviction,
            reason: "EMA12 \(now.value.magnitude.text(1)) ATR \(side) EMA48, \(now.ordinal)")
    }
}
