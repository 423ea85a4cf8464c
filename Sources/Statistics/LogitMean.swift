// Pools probabilities on the scale on which evidence adds up.
import Kernel

public enum LogitMean {
    /// sigmoid(mean logit p) for probabilities strictly between 0 and 1; nil without any.
    public static func pooled(_ probabilities: [Double]) -> Double? {
        guard !probabilities.isEmpty else { return nil }
        var sum = 0.0
        for p in probabilities { sum += Mathematics.logit(min(1 - 1e-12, max(1e-12, p))) }
        return Mathematics.sigmoid(sum / Double(probabilities.count))
    }
}
