// The market's liquidity: its quotes are replaced as a whole, and trade with whoever stands in their way.
public import Kernel
public import Market
import Trading

extension MatchingCore {
    /// Removes the market's quotes in a symbol and enters new ones, best first: what crosses accounts' orders
    /// trades with them at their price, the rest rests. In a symbol that is not trading none are entered.
    /// - Precondition: every bid is below every ask.
    public mutating func replaceMarketQuotes(
        _ symbol: Symbol, bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level],
        at time: Timestamp
    ) throws(Refusal) {
        advance(to: time)
        let market = try index(of: symbol)
        let bids = bids.filter { !$0.quantity.isZero }.stablySorted { $0.price > $1.price }
        let asks = asks.filter { !$0.quantity.isZero }.stablySorted { $0.price < $1.price }
        if let bid = bids.first, let ask = asks.first { precondition(bid.price < ask.price, "the market does not trade with itself") }
        markets[market].book.removeMarketQuotes()
        guard markets[market].isTrading else { return }
        let restingBids = bids.map { cross($0, .buy, in: market) }
        let restingAsks = asks.map { cross($0, .sell, in: market) }
        for (price, rest) in restingBids where rest.isPositive { _ = markets[market].book.rest(nil, .market, .buy, rest, at: price) }
        for (price, rest) in restingAsks where rest.isPositive { _ = markets[market].book.rest(nil, .market, .sell, rest, at: price) }
        settleAftermath(in: market)
    }

    /// Trades a quote with what it crosses and gives its rest.
    private mutating func cross(_ quote: OrderBookSnapshot.Level, _ side: Side, in market: Int) -> (Price, FixedDecimal) {
        let taker = Taker(account: .market, order: nil, side: side, limit: quote.price, wish: .base(quote.quantity.value), prevention: .none)
        let plan = plan(taker, in: market)
        carryOut(plan, for: taker, in: market)
        return (quote.price, quote.quantity.value - plan.base)
    }
}

extension Array {
    /// Sorted, with equals in the order they had.
    fileprivate func stablySorted(by precedes: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { precedes($0.element, $1.element) || (!precedes($1.element, $0.element) && $0.offset < $1.offset) }.map(\.element)
    }
}
