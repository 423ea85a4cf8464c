// What a page and a screen say of ticks, lots and smallest orders, by value, and of what a lot left behind.
public import Backtest
import Kernel
public import Market
import Messaging
public import Strategies

public enum RuleWords {
    /// How many pairs are named; of more, only the count is given.
    private static let named = 3

    /// `AAA/USDT 0.01, 0.0001 and 10; BBB/USDT 0.1, 0.01 and 10; and 8 more`: tick, lot and smallest order. nil for no pairs.
    public static func values(_ histories: [CandleHistory], assumed: Bool) -> String? {
        let meant = histories.map(\.instrument).filter { $0.assumed == assumed }
        guard !meant.isEmpty else { return nil }
        let words = meant.prefix(named).map { "\($0.symbol) \($0.tickSize), \($0.lotStep) and \($0.minNotional)" }
        return (words + (meant.count > named ? ["and \(meant.count - named) more"] : [])).joined(separator: "; ")
    }
}

extension BacktestResult {
    /// What purchases left behind, in what was paid for it. nil if fractions of any size are sold.
    public func dustWords(_ terms: TradeTerms, _ currency: String) -> String? {
        guard terms.accounting == .exact else { return nil }
        let lossy = trades.count { $0.dust.isPositive }
        guard lossy > 0 else { return "none: all that was bought was sold" }
        let share = dust.divided(by: max(terms.capital, "1"), rounding: .nearest)
        return
            "\(Format.amount(dust)) \(currency) paid for less than a lot, which nobody can sell and which is lost: \(Format.percent(Ratio(share))) "
            + "of the capital, in \(lossy) of \(trades.count) trades"
    }
}
