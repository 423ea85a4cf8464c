// How many independent opinions a panel is really worth.

public enum EffectiveVoters {
    /// N / (1 + (N - 1) rho), rho = the mean pairwise correlation of the voters' errors. A correlation so
    /// negative that the formula has no answer gives infinity.
    public static func count(_ voters: Int, correlation rho: Double) -> Double {
        let divisor = 1 + Double(voters - 1) * rho
        return divisor > 0 ? Double(voters) / divisor : .infinity
    }
}
