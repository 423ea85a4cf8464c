// Did the new one beat the old one on the cases where they differ? Exact, so honest with few of them.
import Kernel

/// Exact two-sided McNemar test on discordant cases: `won` = new right and old wrong, `lost` the reverse.
public struct McNemar: Hashable, Sendable {
    public let p: Double
    /// Counts only half of the observed split: less conservative, shown beside `p`.
    public let midP: Double

    public init(won: Int, lost: Int) {
        let n = won + lost, fewer = min(won, lost)
        guard n > 0 else { (p, midP) = (1, 1); return }
        var tail = 0.0, last = 0.0
        for k in 0...fewer {
            last = Mathematics.exp(Mathematics.logBinomial(n, k) - Double(n) * Mathematics.log(2))
            tail += last
        }
        p = min(1, 2 * tail)
        midP = min(1, 2 * tail - last)
    }
}
