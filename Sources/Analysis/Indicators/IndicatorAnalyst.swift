// The panel that needs no key: three voters and a guard made of plain indicators. Each reads one
// instrument's closed candles and nothing else, so the same candles always give the same opinion.
import Kernel
public import Market
public import Settings

/// An analyst that is a formula. `rawValue` is its name on the panel.
public enum IndicatorAnalyst: String, CaseIterable, Codable, Sendable {
    case trend, momentum, meanReversion, volatilityRisk

    /// All of them are one family: they read the same prices.
    public static let family = "indicators"
    /// The candles that fill every window: a 200-candle percentile behind the slowest average.
    public static let wantedCandles = 250
    /// With fewer candles than this an indicator abstains.
    public static let neededCandles = 200

    public var role: AnalystRole { self == .volatilityRisk ? .guardian : .voter }

    /// The opinion on closed hourly candles in ascending time.
    public func opinion(on symbol: Symbol, _ columns: CandleColumns) -> Opinion {
        guard columns.count >= Self.neededCandles else {
            return Opinion(
                abstaining: rawValue, role: role, family: Self.family, symbol: symbol,
                because: "\(columns.count) candles, needs \(Self.neededCandles)")
        }
        let view =
            switch self {
            case .trend: TrendSignal.view(columns)
            case .momentum: MomentumSignal.view(columns)
            case .meanReversion: MeanReversionSignal.view(columns)
            case .volatilityRisk: VolatilityRisk.view(columns)
            }
        guard let view else {
            return Opinion(
                abstaining: rawValue, role: role, family: Self.family, symbol: symbol,
                because: "its indicators have no value on these candles")
        }
        return Opinion(
            analyst: rawValue, role: role, family: Self.family, symbol: symbol, action: view.action,
            conviction: view.conviction, reason: view.reason)
    }
}

/// What a formula makes of one instrument, before it is signed with a name.
struct IndicatorView: Sendable {
    let action: Action
    let conviction: Ratio
    let reason: String
}
