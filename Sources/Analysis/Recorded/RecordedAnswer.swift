// What a panel once said of one pair, for a backtest to go by: a verdict, the hour it belongs to, and how much
// later it came.
public import Kernel
public import Market
import Settings

public struct RecordedAnswer: Hashable, Sendable {
    public let symbol: Symbol
    /// The full hour (UTC) of the cycle that asked, which is the close of the newest candle the panel was shown.
    public let hour: Timestamp
    /// Enough voters, and no veto.
    public let agreed: Bool
    /// 0 to 1; a mean of what the voters stated, not a probability.
    public let conviction: Ratio
    /// From the hour to the decision; zero if the record does not tell.
    public let delay: TimeSpan

    public init(symbol: Symbol, hour: Timestamp, agreed: Bool, conviction: Ratio, delay: TimeSpan = .seconds(0)) {
        self.symbol = symbol
        self.hour = hour
        self.agreed = agreed
        self.conviction = conviction
        self.delay = delay
    }

    /// The longest delay with which an answer counts for its hour: longer after a close the bot enters no strategy's
    /// signal either (by default). A later answer has seen prices that were not there at the close.
    public static let longestDelay = CycleSettings().startWindow
}
