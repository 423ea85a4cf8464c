// How good probabilities were once the truth is known: proper scores only, with their base rate.
import Kernel

/// Brier score, log loss and skill of forecasts p (0 to 1) against outcomes y (true = it happened).
public struct ForecastScore: Hashable, Sendable {
    public let count: Int
    /// Mean (p - y)²; 0.25 is what always saying one half earns.
    public let brier: Double
    /// -mean ln p(y); a certainty that was wrong is counted as 1e-15.
    public let logLoss: Double
    /// ȳ (1 - ȳ): the Brier score of always saying the rate that happened.
    public let base: Double
    /// 1 - Brier / base; nil if only one outcome ever happened.
    public var skill: Double? { base > 0 ? 1 - brier / base : nil }

    /// nil without forecasts or with columns of different lengths.
    public init?(_ forecasts: [Double], _ outcomes: [Bool]) {
        guard !forecasts.isEmpty, forecasts.count == outcomes.count else { return nil }
        var squares = 0.0, logs = 0.0, happened = 0.0
        for (p, y) in zip(forecasts, outcomes) {
            let miss = y ? 1 - p : p
            squares += miss * miss
            logs -= Mathematics.log(min(1, max(1e-15, 1 - miss)))
            happened += y ? 1 : 0
        }
        count = forecasts.count
        let n = Double(count)
        brier = squares / n
        logLoss = logs / n
        base = happened / n * (1 - happened / n)
    }
}
