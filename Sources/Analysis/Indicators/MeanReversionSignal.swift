// `meanReversion`: is the price stretched away from its mean while the market goes nowhere?
import Market

/// Signal = -(close - SMA 20) / standard deviation of 20, the negative Bollinger z-score: positive below
/// the mean. It speaks only if ADX 14 is below 30, because a stretched price in a strong trend is
/// the trend and not a stretch.
enum MeanReversionSignal {
    static let rangeCeiling = 30.0

    static func view(_ columns: CandleColumns) -> IndicatorView? {
        var bands = BollingerBands(20), direction = ADX(14)
        var history = SignalHistory(capacity: columns.count)
        var strength = 0.0
        for row in 0..<columns.count {
            let close = columns.close[row]
            let band = bands.update(close)
            let trend = direction.update(high: columns.high[row], low: columns.low[row], close: close)?.adx
            guard let band, let trend else { continue }
            history.append(band.deviation > 0 ? (band.middle - close) / band.deviation : 0)
            strength = trend
        }
        guard let now = history.standing else { return nil }
        let (action, conviction) = now.judged(permitted: strength < rangeCeiling)
        let side = now.value < 0 ? "above" : "below"
        let regime = strength < rangeCeiling ? "" : ", trending (ADX \(strength.text(0)))"
        return IndicatorView(
            action: action, conviction: conviction,
            reason: "\(now.value.magnitude.text(1)) deviations \(side) SMA20, \(now.ordinal)\(regime)")
    }
}
