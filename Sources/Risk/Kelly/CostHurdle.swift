// The edge that pays for the panel before the account sees any of it.

public enum CostHurdle {
    /// Basis points of notional each trade must earn: 1e4 × cost / (trades × notional), cost and notional
    /// in one currency; infinity if nothing is traded.
    public static func basisPoints(dailyCost: Double, tradesPerDay: Double, notional: Double) -> Double {
        let traded = tradesPerDay * notional
        guard traded > 0 else { return dailyCost > 0 ? .infinity : 0 }
        return 1e4 * dailyCost / traded
    }
}
