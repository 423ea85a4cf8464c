// The few quantiles of the normal distribution that verdicts are made with.

public enum NormalQuantile {
    /// One-sided 80 %: power, and the cautious bound of a mean.
    public static let z80 = 0.8416212335729143
    /// One-sided 95 %.
    public static let z95 = 1.6448536269514722
    /// Two-sided 95 %.
    public static let z975 = 1.959963984540054
}
