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
            let fill = atOpen ? signal + 1 : signal
            guard let (bought, levels) = book.buy(book.budget(book.cash), near: atOpen ? history.open[fill] : history.close[fill], history) else {
                result.refused += 1
                row = signal + 1
                continue
            }
            var lot = bought
            let first = signal + 1
            let walk = cache?.walk(walker, from: first, levels) ?? walker.walk(from: first, levels)
            for index in 0..<walk.count { _ = book.sell(&lot, walk.legs[index], history) }
            result.tradeCount += 1
            row = Int(walk.last.row)
        }
        result.finalEquity = Book.decimal(book.cash)
        result.rows = rows
        return result
    }
}
