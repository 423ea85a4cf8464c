// What can be seen of the reference venue, in the words of `Picture`.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    func facts(_ order: ReferenceOrder) -> OrderFacts {
        let fills = trades.filter { $0.symbol == order.symbol && ($0.maker.order == order.id || $0.taker.order == order.id) }.map(\.id)
        let isInPair = order.isOpen && otherLeg(of: order)?.isOpen == true
        return OrderFacts(
            id: order.id, list: order.list, clientId: order.clientId, account: order.account, symbol: order.symbol, side: order.side,
            kind: order.kind,
            quantity: order.kind.quantity?.value ?? order.executed, executed: order.executed, executedQuote: order.executedQuote,
            status: order.status,
            createdAt: order.createdAt, updatedAt: order.updatedAt, workingAt: order.workingAt, fills: fills, isOpen: order.isOpen,
            reason: order.reason?.rawValue, cancelId: order.cancelId,
            locked: isInPair ? .zero : need(of: order))
    }

    func facts(_ list: ReferenceList) -> ListFacts {
        let legs = list.orders.map { order($0) }
        let pair = legs.filter { otherLeg(of: $0) != nil && $0.isOpen }
        return ListFacts(
            id: list.id, clientId: list.clientId, account: list.account, symbol: list.symbol, kind: list.kind, orders: list.orders,
            isDone: !isExecuting(list), createdAt: list.createdAt,
            locked: pair.count == 2 ? max(need(of: pair[0]), need(of: pair[1])) : .zero)
    }

    /// What an order gives: base for a sell, quote for a buy.
    private func need(of order: ReferenceOrder) -> FixedDecimal {
        need(of: order, in: order.side == .buy ? order.symbol.quote : order.symbol.base)
    }

    private func facts(_ trade: ReferenceTrade) -> TradeFacts {
        func party(_ party: ReferenceTrade.Party) -> TradeFacts.Party { .init(account: party.account, order: party.order, fee: party.fee) }
        return TradeFacts(
            id: trade.id, symbol: trade.symbol, price: trade.price, quantity: trade.quantity, notional: trade.notional, takerSide: trade.takerSide,
            maker: party(trade.maker), taker: party(trade.taker), time: trade.time)
    }

    private func depth(_ side: Side, _ symbol: Symbol) -> [BookFacts.Level] {
        var levels: [BookFacts.Level] = []
        for maker in makers(side, symbol) {
            if levels.last?.price == maker.price {
                levels[levels.count - 1].quantity = levels[levels.count - 1].quantity + maker.remaining
            } else {
                levels.append(.init(price: maker.price, quantity: maker.remaining))
            }
        }
        return levels
    }

    func picture(of world: World, tradesFrom first: [Int]) -> Picture {
        var picture = Picture()
        for (symbol, first) in zip(world.symbols, first) {
            picture.books.append(
                BookFacts(bids: depth(.buy, symbol), asks: depth(.sell, symbol), last: lastPrice(symbol), average: averagePrice(symbol)))
            picture.trades += trades.filter { $0.symbol == symbol }.dropFirst(first).map { facts($0) }
        }
        picture.orders = orders.map { facts($0) }
        picture.open = orders.filter(\.isOpen).map(\.id)
        picture.lists = lists.map { facts($0) }
        for account in world.allAccounts {
            for currency in world.currencies {
                picture.balances.append(.init(account: account, currency: currency, free: free(account, currency), locked: locked(account, currency)))
            }
        }
        return picture
    }
}
