// A rehearsal held against a backtest, trade by trade: when, at what price, how much, why it ended, what it came to, what
// less than a lot cost.
public import Backtest
import Kernel
public import Market
import Trading

extension Rehearsal {
    public struct Comparison: Sendable {
        /// Trades that both have, to the unit.
        public let same: Int
        /// A line each, in the order of their entries: what one of the two has and the other has not.
        public let differences: [String]

        /// - Parameter histories: those of both runs.
        public init(_ rehearsal: Rehearsal.Result, _ backtest: BacktestResult, _ histories: [CandleHistory]) {
            let ends = Dictionary(histories.map { ($0.instrument.symbol, $0.openTime.last) }, uniquingKeysWith: { first, _ in first })
            let ours = rehearsal.trades.map { Facts($0, end: ends[$0.symbol] ?? nil) }, theirs = backtest.trades.map { Facts($0, histories) }
            let both = Set(ours).intersection(theirs)
            same = ours.count { both.contains($0) }
            let alone = ours.filter { !both.contains($0) }.map { ($0, "engine") } + theirs.filter { !both.contains($0) }.map { ($0, "backtest") }
            differences =
                alone.sorted { ($0.0.entry, $0.0.symbol, $0.1) < ($1.0.entry, $1.0.symbol, $1.1) }.map { facts, whose in
                    let why = whose == "engine" ? "" : "; the engine: " + (rehearsal.unbought[facts.symbol]?[facts.entry] ?? "no signal")
                    return "\(whose) only: \(facts)\(why)"
                }
                + (rehearsal.cash == backtest.finalEquity ? [] : ["engine ends with \(rehearsal.cash), backtest with \(backtest.finalEquity)"])
        }

        private struct Facts: Hashable, CustomStringConvertible {
            let symbol: Symbol
            let entry: Timestamp, exit: Timestamp
            let entryPrice: Double, exitPrice: Double, quantity: Double
            let rungs: Int
            let ending: BacktestTrade.Ending
            let profit: FixedDecimal, dust: FixedDecimal

            init(_ trade: Rehearsal.Trade, end: Int64?) {
                (symbol, entry, exit, rungs, profit, dust) = (trade.symbol, trade.entry, trade.exit, trade.rungs, trade.profit, trade.dust)
                (entryPrice, exitPrice, quantity) = (trade.entryPrice.double, trade.exitPrice.double, trade.quantity.double)
                ending =
                    switch trade.reason {
                    case .stopLoss: .stop
                    case .trailingStop: .trailing
                    case .takeProfit1, .takeProfit2, .takeProfit3: .target
                    case .signal: Self.atEnd(trade.exit, end) ? .end : .signal
                    case .manual, .emergency, .writtenOff: .end
                    }
            }

            init(_ trade: BacktestTrade, _ histories: [CandleHistory]) {
                let history = histories[trade.instrument]
                symbol = history.instrument.symbol
                (entry, exit, rungs, profit, dust) = (trade.entry, trade.exit, trade.rungs, trade.profit, trade.dust)
                (entryPrice, exitPrice, quantity) = (trade.entryPrice, trade.exitPrice, trade.quantity)
                ending = trade.ending == .signal && Self.atEnd(trade.exit, history.openTime.last) ? .end : trade.ending
            }

            /// In a file's last candle a signal and the file's end sell the same.
            private static func atEnd(_ exit: Timestamp, _ end: Int64?) -> Bool { exit.milliseconds == end }

            var description: String {
                "\(symbol) bought \(entry) \(quantity) at \(entryPrice), sold \(exit) at \(exitPrice) (\(ending.rawValue), \(rungs) rungs), "
                    + "profit \(profit), dust \(dust)"
            }
        }
    }
}
