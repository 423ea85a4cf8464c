// From what an analyst says to how much the odds may move: stated conviction is style, not truth, so it
// only tilts a base rate, and only as far as history supports. The odds move on
// the logit scale, as in Platt scaling (Platt 1999) with the base rate as offset.
import Kernel
import Statistics

/// q = sigmoid(logit π0 + a + b (logit c - centre)): π0 the base rate of reaching the first rung, c the
/// stated conviction.
public struct ConvictionMap: Hashable, Codable, Sendable {
    /// a, in log-odds.
    public let intercept: Double
    /// b, log-odds of the outcome per log-odds of conviction.
    public let slope: Double
    /// The mean logit of the convictions it was fitted on.
    public let centre: Double
    /// The standard deviation of the slope.
    public let slopeDeviation: Double
    /// Resolved opinions behind the fit; 0 for the prior.
    public let observations: Int

    public static let interceptPriorDeviation = 0.5
    public static let slopePrior = 0.2
    public static let slopePriorDeviation = 0.25

    /// Slope 0.2, no intercept: in force until history fits another.
    public static let prior = ConvictionMap(
        intercept: 0, slope: slopePrior, centre: 0,
        slopeDeviation: slopePriorDeviation, observations: 0)

    public init(intercept: Double, slope: Double, centre: Double, slopeDeviation: Double, observations: Int) {
        self.intercept = intercept
        self.slope = slope
        self.centre = centre
        self.slopeDeviation = slopeDeviation
        self.observations = observations
    }

    /// The slope's lower 80 % bound.
    public var slopeBound: Double { slope - NormalQuantile.z80 * slopeDeviation }
    /// False if a fit shows that its confidence carries no information: then q is the base rate.
    public var isInformative: Bool { observations == 0 || slopeBound > 0 }

    /// The log-odds by which a conviction (0 to 1) moves the base rate.
    public func tilt(_ conviction: Double) -> Double {
        guard isInformative else { return 0 }
        return intercept + slope * (Self.logit(conviction) - centre)
    }

    /// The probability of reaching the first rung, given its base rate.
    public func probability(conviction: Double, base: Double) -> Double {
        Mathematics.sigmoid(Self.logit(base) + tilt(conviction))
    }

    /// Drawn towards the whole panel's fit, by how little stands behind this one: own weight n / (n + 100).
    public func pooled(towards panel: ConvictionMap) -> ConvictionMap {
        let own = Double(observations) / (Double(observations) + 100)
        func mix(_ mine: Double, _ theirs: Double) -> Double { own * mine + (1 - own) * theirs }
        return ConvictionMap(
            intercept: mix(intercept, panel.intercept), slope: mix(slope, panel.slope),
            centre: mix(centre, panel.centre), slopeDeviation: mix(slopeDeviation, panel.slopeDeviation),
            observations: observations)
    }

    /// logit with 0 and 1 held half a percent away: nobody's certainty is infinite evidence.
    static func logit(_ p: Double) -> Double { Mathematics.logit(min(0.995, max(0.005, p))) }
}
