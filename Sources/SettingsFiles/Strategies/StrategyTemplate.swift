// The file that a new strategy begins with: every line explained, and right as it stands.
import Market

public enum StrategyTemplate {
    /// nil for a name that no strategy can have: small letters, digits and dashes, at most 60.
    public static func text(named name: String) -> String? {
        guard let name = Kind<String>.name.parse(name) else { return nil }
        return """
            # What this strategy believes, in a sentence: write it here before you test it.
            name: \(name)
            version: 1                 # count it up when you change a rule: results are kept by version
            symbols: universe          # or a list such as [BTC/USDT, ETH/USDT]
            timeframe: 1h              # \(Timeframe.allCases.map(\.rawValue).joined(separator: ", "))
            # Numbers of the rules below. One with a range may be optimised: carillon optimise \(name)
            parameters:
              fast: {default: 9, min: 5, max: 13, step: 4}
              slow: {default: 21, min: 21, max: 41, step: 10}
            # Buy where this holds at a close. carillon strategies reference lists every function and operator.
            entry: crosses_above(ema(fast), ema(slow)) and rsi(14) < 70
            # Sell what is left where this holds; without the line only the bracket sells.
            exit: crosses_below(ema(fast), ema(slow))
            bracket:
              stop: 3 %                # sell everything this far below the entry
              rungs: [{gain: 3 %, share: 33 %}, {gain: 5 %, share: 33 %}, {gain: 8 %, share: 34 %}]
              trailing: 2 %            # after the first target, below the highest price; or off
            sizing: {equity: 10 %, positions: 3, capital: 10000}
            # What a fill costs in a backtest, so that it is no better than a real one.
            fills: {fee: 0.1 %, slippage: 10 bps}

            """
    }
}
