// What can be asked of the core. Lists come in the order of ids; nothing here changes anything.
public import Kernel
public import Market
public import Trading

extension MatchingCore {
    public func rules(_ symbol: Symbol) -> InstrumentRules? { market(symbol)?.rules }
    /// In the order in which they were made known.
    public var symbols: [Symbol] { markets.map(\.symbol) }

    /// The last trade's price, or the one set after it.
    public func lastPrice(_ symbol: Symbol) -> Price? { market(symbol)?.lastPrice }

    /// Volume-weighted over the trades of the rules' `averagingWindow`, rounded down at 12 places; the last price
    /// if there were none or the window is zero; nil without any price.
    public func averagePrice(_ symbol: Symbol) -> Price? { market(symbol)?.averagePrice(at: now) }

    /// The best `levels` price levels of both sides, best first; a level above the ceiling of quantities is given as that ceiling.
    public func depth(_ symbol: Symbol, levels: Int) -> (bids: [OrderBookSnapshot.Level], asks: [OrderBookSnapshot.Level])? {
        guard let market = market(symbol) else { return nil }
        func told(_ side: Side) -> [OrderBookSnapshot.Level] {
            market.book[side].bestFirst.prefix(levels).compactMap { level in
                Quantity(min(level.total, Quantity.ceiling)).map { OrderBookSnapshot.Level(price: level.price, quantity: $0) }
            }
        }
        return (told(.buy), told(.sell))
    }

    /// Trades of a symbol from index `first` on (trade id minus one).
    public func allTrades(_ symbol: Symbol, from first: Int = 0) -> ArraySlice<FillRecord> { market(symbol)?.trades.dropFirst(first) ?? [] }

    public func fills(_ account: ParticipantId, _ symbol: Symbol) -> [FillRecord] {
        guard let market = market(symbol), let own = market.accounts[account] else { return [] }
        return own.trades.map { market.trades[$0] }
    }

    public func order(_ id: Int64) -> OrderRecord? { orders.indices.contains(id.slot) ? orders[id.slot] : nil }

    /// The newest order of the account with this client id.
    public func order(_ clientId: ClientOrderId, _ account: ParticipantId) -> OrderRecord? { accounts[account]?.orders[clientId].flatMap(order) }

    /// Open orders, pending legs included.
    public func openOrders(_ account: ParticipantId, _ symbol: Symbol? = nil) -> [OrderRecord] {
        let asked = symbol.map { [$0] } ?? symbols
        return asked.flatMap { market($0)?.accounts[account]?.open ?? [] }.sorted().map { orders[$0.slot] }
    }

    public func allOrders(_ account: ParticipantId, _ symbol: Symbol) -> [OrderRecord] {
        (market(symbol)?.accounts[account]?.all ?? []).map { orders[$0.slot] }
    }

    public func list(_ id: Int64) -> OrderListRecord? { lists.indices.contains(id.slot) ? lists[id.slot] : nil }

    /// The newest list of the account with this client id.
    public func list(_ clientId: ClientOrderId, _ account: ParticipantId) -> OrderListRecord? { accounts[account]?.lists[clientId].flatMap(list) }

    public func openLists(_ account: ParticipantId) -> [OrderListRecord] { (accounts[account]?.openLists ?? []).map { lists[$0.slot] } }

    /// In the order of the currencies' names; empty for an account that was not opened.
    public func balances(_ account: ParticipantId) -> [AccountBalance] { accounts[account]?.balances ?? [] }

    public func balance(_ account: ParticipantId, _ currency: Currency) -> AccountBalance? { accounts[account]?[currency] }

    private func market(_ symbol: Symbol) -> Market? { marketIndex[symbol].map { markets[$0] } }
}
