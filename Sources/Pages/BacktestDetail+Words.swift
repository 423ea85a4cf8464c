// In which candles exits were looked for, in words.
public import Backtest
import Market

extension BacktestDetail {
    /// - Parameter rows: how many rows the run has.
    public func words(of rows: Int) -> String {
        let name = "\(timeframe.rawValue) candles"
        return missing == 0
            ? name : "\(name); \(missing) of \(rows) candles lacked some of theirs, or reach elsewhere than they do, and were looked at whole"
    }
}
