// One history and counts alone, as an optimiser asks for a thousand times: from signal to purchase to last
// sale and on. Books what `Portfolio` books, in the same order.
import Domain

extension Track {
    /// Money at the end, trades and refused entries.
    func counts<Book: Settlement>(_ book: Book, _ moment: FillRule.Moment) -> BacktestResult {
        var book = book, result = BacktestResult(), row = 0
        let rows = history.count, atOpen = moment == .nextOpen
        while true {
            let signal = entry.next(from: row)
            guard signal < rows - 1 else { break }
            let near = atOpen ? history.open[signal + 1] : history.close[signal]
            guard !atOpen || isFollowed(signal), let purchase = book.purchase(book.budget(book.cash), near: near, history), purchase.cost <= book.cash else {
                result.refused += 1
                row = signal + 1
                continue
            }
            book.pay(purchase.cost)
            var lot = purchase.lot
            let walk = walk(from: signal + 1, purchase.levels)
            for index in 0..<walk.count { _ = book.sell(&lot, walk.legs[index], history) }
            result.tradeCount += 1
            row = self.row(of: walk.last)
            // What is sold at a signal's close is not bought again there.
            if !atOpen, walk.last.reason == .signal { row += 1 }
        }
        result.finalEquity = Book.decimal(book.cash)
        result.rows = rows
        return result
    }
}
