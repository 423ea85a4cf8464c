// The rest of the world: its quotes, and a price told where nobody trades.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    mutating func setRules(_ new: InstrumentRules) {
        rules.removeAll { $0.symbol == new.symbol }
        rules.append(new)
    }

    mutating func setLastPrice(_ symbol: Symbol, _ price: Price, at time: Timestamp) throws(ReferenceRefusal) {
        tell(time)
        guard rules(of: symbol) != nil else { throw .unknownSymbol }
        setLast(symbol, price)
        settle(symbol)
    }

    mutating func replaceMarketQuotes(_ symbol: Symbol, bids: [(Price, Quantity)], asks: [(Price, Quantity)], at time: Timestamp)
        throws(ReferenceRefusal)
    {
        tell(time)
        guard rules(of: symbol) != nil else { throw .unknownSymbol }
        quotes.removeAll { $0.symbol == symbol }
        guard isTrading(symbol) else { return }
        let bidRests = bids.sorted { $0.0 > $1.0 }.map { ($0.0, takeFromOrders(.buy, symbol, $0.0, $0.1.value)) }
        let askRests = asks.sorted { $0.0 < $1.0 }.map { ($0.0, takeFromOrders(.sell, symbol, $0.0, $0.1.value)) }
        for (price, rest) in bidRests where rest.isPositive { enter(.buy, symbol, price, rest) }
        for (price, rest) in askRests where rest.isPositive { enter(.sell, symbol, price, rest) }
        settle(symbol)
    }

    /// A new quote takes what orders offer at its price or better; what is left of it is returned.
    private mutating func takeFromOrders(_ side: Side, _ symbol: Symbol, _ price: Price, _ quantity: FixedDecimal) -> FixedDecimal {
        var rest = quantity
        while rest.isPositive, let maker = makers(side == .buy ? .sell : .buy, symbol).first, isWithin(price, side, maker.price) {
            let part = min(rest, maker.remaining)
            trade(maker, part, with: ReferenceMaker(order: nil, account: Self.market, price: price, remaining: .zero, arrival: 0), side, symbol)
            rest = rest - part
        }
        return rest
    }

    private mutating func enter(_ side: Side, _ symbol: Symbol, _ price: Price, _ rest: FixedDecimal) {
        arrivals += 1
        quotes.append(ReferenceQuote(symbol: symbol, side: side, price: price, remaining: rest, arrival: arrivals))
    }
}
