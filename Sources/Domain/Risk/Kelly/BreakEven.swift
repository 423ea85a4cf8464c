// How rarely the stop may be hit before a ladder earns anything at all: the number that stands beside
// every sizing. Source: intelligence.md §5, formula 3 (45.3 % for the default ladder at default costs).

public enum BreakEven {
    /// P(stop) where the outcome probabilities, tilted exponentially, make the mean net return zero; nil
    /// where no tilt can (every outcome loses, or every one wins).
    public static func stopProbability(_ probabilities: [Double], returns: [Double]) -> Double? {
        ExponentialTilt(probabilities, returns: returns, mean: 0)?.probabilities.first
    }
}
