// The range a proportion may have, honest also at 0 of n and with few cases.

/// Wilson score interval (two-sided 95 % by default) for k of n.
public struct WilsonInterval: Hashable, Sendable {
    public let low: Double
    public let high: Double

    /// n = 0 knows nothing: 0 to 1.
    public init(_ k: Int, of n: Int, z: Double = NormalQuantile.z975) {
        guard n > 0 else { (low, high) = (0, 1); return }
        let trials = Double(n), share = Double(k) / trials, zz = z * z
        let centre = (share + zz / (2 * trials)) / (1 + zz / trials)
        let half = z / (1 + zz / trials) * (share * (1 - share) / trials + zz / (4 * trials * trials)).squareRoot()
        low = k == 0 ? 0 : max(0, centre - half)
        high = k == n ? 1 : min(1, centre + half)
    }
}
