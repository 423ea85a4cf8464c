// The named sets of risk numbers, and the ceiling that no file, page or message can raise: it is
// compiled in. Figures: the profile table of the trading rules.
public import Kernel

/// Five limits that are chosen together.
public struct RiskProfile: Hashable, Codable, Sendable {
    public enum Name: String, Codable, Sendable, CaseIterable {
        case cautious, standard, bold
    }

    /// Loss at the stop, fees included, as a share of equity, for one trade.
    public let riskPerTrade: Ratio
    /// The same, summed over all open and pending positions.
    public let heat: Ratio
    /// Loss of the trading day as a share of the day's first equity.
    public let dailyLoss: Ratio
    /// Fall from the high-water mark.
    public let drawdown: Ratio
    /// Share of the Kelly size that is used.
    public let kellyFactor: Ratio

    public static func named(_ name: Name) -> RiskProfile {
        switch name {
        case .cautious: RiskProfile(riskPerTrade: "0.005", heat: "0.02", dailyLoss: "0.03", drawdown: "0.08", kellyFactor: "0.10")
        case .standard: RiskProfile(riskPerTrade: "0.02", heat: "0.06", dailyLoss: "0.10", drawdown: "0.15", kellyFactor: "0.25")
        case .bold: RiskProfile(riskPerTrade: "0.02", heat: "0.06", dailyLoss: "0.10", drawdown: "0.20", kellyFactor: "0.50")
        }
    }

    /// The most any setting may ask for.
    public static let ceiling = RiskProfile(riskPerTrade: "0.02", heat: "0.06", dailyLoss: "0.10", drawdown: "0.25", kellyFactor: "0.50")
}
