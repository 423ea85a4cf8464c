// The logarithm of the gamma function and what is counted with it: computed here and not by libm,
// whose version keeps a global sign.

extension Mathematics {
    /// ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; relative error below 1e-14).
    public static func logGamma(_ x: Double) -> Double {
        // Below one half the series loses digits: Γ(x) = Γ(x + 1) / x.
        guard x >= 0.5 else { return logGamma(x + 1) - log(x) }
        let terms = [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
        ]
        let y = x - 1
        var sum = 0.99999999999980993
        for (index, term) in terms.enumerated() { sum += term / (y + Double(index + 1)) }
        let t = y + 7.5
        return 0.9189385332046727 + (y + 0.5) * log(t) - t + log(sum)
    }

    /// ln of n over k, 0 <= k <= n.
    public static func logBinomial(_ n: Int, _ k: Int) -> Double {
        logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
    }
}
