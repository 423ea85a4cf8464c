// One history, counts and the equity of days alone, as an optimiser asks for a thousand times: from signal to
// purchase to last sale and on. Books and marks what `Portfolio` does, in the same order.
import Market
import Strategies

extension Track {
    /// Money at the end and trades; what each day ended with goes to `marks`.
    func counts<Purse: Settlement>(_ book: Purse, _ moment: FillRule.Moment, _ marks: inout DayMarks) -> BacktestResult {
        var book = book, result = BacktestResult(), row = 0
        let rows = history.count, atOpen = moment == .nextOpen
        while true {
            let signal = entry.next(from: row)
            guard signal < rows - 1 else { break }
            let fill = atOpen ? signal + 1 : signal, before = book.cash
            let near = atOpen ? history.open[fill] : history.close[fill]
            guard !atOpen || isFollowed(signal), let purchase = book.purchase(book.budget(book.cash), near: near, history), purchase.cost <= book.cash
            else {
                row = signal + 1
                continue
            }
            book.pay(purchase.cost)
            marks.fill(before: fill, Purse.double(before))
            var lot = purchase.lot
            let walk = walk(from: signal + 1, purchase.levels)
            for index in 0..<walk.count {
                let leg = walk.legs[index]
                marks.fill(before: self.row(of: leg)) { Purse.double(book.cash + book.worth(lot, at: history.close[$0], history)) }
                _ = book.sell(&lot, leg, history)
            }
            result.tradeCount += 1
            row = self.row(of: walk.last)
            // What is sold at a signal's close is not bought again there.
            if !atOpen, walk.last.reason == .signal { row += 1 }
        }
        marks.fill(before: rows, Purse.double(book.cash))
        result.finalEquity = Purse.decimal(book.cash)
        result.rows = rows
        return result
    }
}
