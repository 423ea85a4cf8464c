// Trades as CSV: for people with names and exact money, for benchmarks in the columns they compare.
package import Backtest
import Glibc
import Kernel
package import Market

package enum TradeFile {
    package static let header = "symbol,entry_time,entry_price,exit_time,exit_price,quantity,profit,ending,rungs,dust_lost"

    package static func text(of result: BacktestResult, _ histories: [CandleHistory], bench: Bool) -> String {
        var text = bench ? "" : header + "\n"
        for trade in result.trades { text += (bench ? benchRow(trade) : row(trade, histories)) + "\n" }
        return text
    }

    private static func row(_ trade: BacktestTrade, _ histories: [CandleHistory]) -> String {
        let history = histories[trade.instrument]
        return [
            history.instrument.symbol.description, trade.entry.iso8601, "\(trade.entryPrice)", trade.exit.iso8601, "\(trade.exitPrice)",
            "\(trade.quantity)", trade.profit.description, trade.ending.rawValue, "\(trade.rungs)", trade.dust.description
        ].joined(separator: ",")
    }

    /// Index, entry, price, exit, price, 1 stop or 2 last target or 0 neither, rungs.
    private static func benchRow(_ trade: BacktestTrade) -> String {
        let why =
            switch trade.ending {
            case .stop, .trailing: 1
            case .target: 2
            case .signal, .end: 0
            }
        return
            "\(trade.instrument),\(trade.entry.milliseconds),\(cents(trade.entryPrice)),\(trade.exit.milliseconds),\(cents(trade.exitPrice)),\(why),"
            + "\(trade.rungs)"
    }

    /// As C's `%.2f`.
    private static func cents(_ value: Double) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            _ = withVaList([value]) { vsnprintf(buffer.baseAddress, 64, "%.2f", $0) }
            return buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }
}
