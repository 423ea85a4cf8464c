// Fits the conviction map to resolved opinions: maximum a posteriori by Newton's method, two parameters,
// the same answer every time. Source: logistic regression with a normal prior (Platt 1999; Gelman et al. 2008).
import Kernel

/// One opinion whose end is known.
public struct ResolvedOpinion: Hashable, Codable, Sendable {
    /// As stated, 0 to 1.
    public let conviction: Double
    /// The base rate of reaching the first rung, for that instrument at that hour.
    public let base: Double
    /// Was the first rung reached before the stop?
    public let reached: Bool
    public init(conviction: Double, base: Double, reached: Bool) {
        self.conviction = conviction
        self.base = base
        self.reached = reached
    }
}

extension ConvictionMap {
    /// a ~ N(0, 0.5²), b ~ N(0.2, 0.25²), Newton from (0, 0.2); the slope's deviation comes from the inverse
    /// Hessian. Without opinions it is the prior.
    public static func fitted(to opinions: [ResolvedOpinion]) -> ConvictionMap {
        guard !opinions.isEmpty else { return .prior }
        let logits = opinions.map { logit($0.conviction) }
        let centre = logits.reduce(0, +) / Double(logits.count)
        let rows = zip(opinions, logits).map { Row(x: $1 - centre, offset: logit($0.base), y: $0.reached ? 1 : 0) }
        var point = (a: 0.0, b: slopePrior)
        var curve = Curvature(rows, point.a, point.b)
        for _ in 0..<100 {
            let step = curve.newtonStep
            guard max(step.a.magnitude, step.b.magnitude) > 1e-14 else { break }
            // Strictly convex, so a shortened step always helps.
            var length = 1.0
            var next = Curvature(rows, point.a + step.a, point.b + step.b)
            while next.loss > curve.loss, length > 1e-6 {
                length /= 2
                next = Curvature(rows, point.a + length * step.a, point.b + length * step.b)
            }
            point = (point.a + length * step.a, point.b + length * step.b)
            curve = next
        }
        return ConvictionMap(
            intercept: point.a, slope: point.b, centre: centre,
            slopeDeviation: curve.slopeVariance.squareRoot(), observations: opinions.count)
    }

    private struct Row { let x: Double, offset: Double, y: Double }

    /// Negative log posterior with its gradient and Hessian at one point.
    private struct Curvature {
        var loss = 0.0, da = 0.0, db = 0.0, aa = 0.0, ab = 0.0, bb = 0.0

        init(_ rows: [Row], _ a: Double, _ b: Double) {
            let precisionA = 1 / (interceptPriorDeviation * interceptPriorDeviation)
            let precisionB = 1 / (slopePriorDeviation * slopePriorDeviation)
            loss = (a * a * precisionA + (b - slopePrior) * (b - slopePrior) * precisionB) / 2
            (da, db) = (a * precisionA, (b - slopePrior) * precisionB)
            (aa, bb) = (precisionA, precisionB)
            for row in rows {
                let q = Mathematics.sigmoid(row.offset + a + b * row.x)
                loss -= Mathematics.log(max(1e-300, row.y > 0 ? q : 1 - q))
                let miss = q - row.y, weight = q * (1 - q)
                da += miss
                db += miss * row.x
                aa += weight
                ab += weight * row.x
                bb += weight * row.x * row.x
            }
        }

        private var determinant: Double { aa * bb - ab * ab }
        var newtonStep: (a: Double, b: Double) {
            ((ab * db - bb * da) / determinant, (ab * da - aa * db) / determinant)
        }
        var slopeVariance: Double { aa / determinant }
    }
}
