// Candles of what is held that last price and order book contradict: the book keeps them from the first look on, a message follows the
// second, and another the end, when nothing speaks against them any more.
import Events
import Market
import Trading

struct DisputeWatch {
    let prices: [Symbol: HeldPrice]

    func note(_ writer: inout EventWriter) {
        let held = Set(writer.book.main.openPositions.map(\.symbol))
        let standing = writer.book.troubles(of: .disputed).map(\.subject)
        // Without any price, nothing can agree.
        let agreed = Set(prices.filter { $0.value.dispute == nil && $0.value.mark != nil }.map(\.key.description)),
            kept = Set(held.map(\.description))
        writer.end(.disputed, standing.filter { kept.contains($0) && agreed.contains($0) }, how: "candles, last price and book agree again")
        writer.end(.disputed, standing.filter { !kept.contains($0) }, how: "nothing of it is held any more")
        let found = prices.filter { held.contains($0.key) }.sorted { $0.key < $1.key }
        writer.suspect(.disputed, found.compactMap { symbol, price in price.dispute.map { (symbol.description, $0) } })
    }
}
