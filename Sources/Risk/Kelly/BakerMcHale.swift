// Kelly shrunk for a probability that was only estimated. Source: Baker and McHale 2013 (second-order
// approximation).

/// The shrunk stake of a binary bet whose p was counted in n trials.
public struct BakerMcHale: Hashable, Sendable {
    /// The standard deviation of the estimate, √(p q / n).
    public let deviation: Double
    /// The plain Kelly fraction.
    public let raw: Double
    /// f² / (f² + ((b + 1) / b)² sd²).
    public let shrink: Double
    public var stake: Double { raw * shrink }

    public init(p: Double, win b: Double, trials n: Double) {
        raw = BinaryBet(p: p, win: b).fraction
        deviation = n > 0 ? (p * (1 - p) / n).squareRoot() : .infinity
        let noise = (b + 1) / b * deviation
        let total = raw * raw + noise * noise
        shrink = total > 0 && total.isFinite ? raw * raw / total : 0
    }
}
