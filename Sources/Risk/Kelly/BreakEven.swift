// How rarely the stop may be hit before a ladder earns anything at all: the number that stands beside
// every sizing. 45.3 % for the default ladder at default costs.

public enum BreakEven {
    /// P(stop) where the outcome probabilities, tilted exponentially, make the mean net return zero; nil
    /// if no tilt can (every outcome loses, or every one wins).
    public static func stopProbability(_ probabilities: [Double], returns: [Double]) -> Double? {
        ExponentialTilt(probabilities, returns: returns, mean: 0)?.probabilities.first
    }

    /// P(stop) below which these odds pay: the other outcomes keep their ratios to each other while P(stop) moves, so
    /// that today's P(stop) is below it exactly if today's mean is above zero. nil if no P(stop) is such a border.
    public static func stopProbability(keepingMixOf probabilities: [Double], returns: [Double]) -> Double? {
        guard let now = probabilities.first, let stop = returns.first, now < 1, stop < 0 else { return nil }
        let others = (Kelly.mean(probabilities: probabilities, returns: returns) - now * stop) / (1 - now)
        return others > 0 ? others / (others - stop) : nil
    }
}
