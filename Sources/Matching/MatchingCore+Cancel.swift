// Ending open orders by their owner's word. Works in a halted symbol too.
public import Kernel
public import Market
public import Trading

extension MatchingCore {
    /// Cancels an open order, and with it every open leg of its list.
    /// - Returns: the order as it stands after the whole operation.
    public mutating func cancel(_ id: Int64, for account: ParticipantId, cancelId: ClientOrderId? = nil, at time: Timestamp) throws(Refusal)
        -> OrderRecord
    {
        advance(to: time)
        guard let order = order(id), order.account == account, order.isOpen else { throw .unknownOrder }
        cancelWithList(id, cancelId)
        settleAftermath(in: order.market)
        return orders[id.slot]
    }

    /// Cancels every open leg of a list.
    public mutating func cancelList(_ id: Int64, for account: ParticipantId, cancelId: ClientOrderId? = nil, at time: Timestamp) throws(Refusal)
        -> OrderListRecord
    {
        advance(to: time)
        guard let list = list(id), list.account == account, list.status == .executing else { throw .unknownOrder }
        cancelLegs(of: list, cancelId)
        settleAftermath(in: list.market)
        return lists[id.slot]
    }

    /// Cancels all open orders of an account in a symbol.
    /// - Returns: the orders in the order of their ids.
    public mutating func cancelAll(_ symbol: Symbol, for account: ParticipantId, cancelId: ClientOrderId? = nil, at time: Timestamp) throws(Refusal)
        -> [OrderRecord]
    {
        advance(to: time)
        let market = try index(of: symbol)
        guard let open = markets[market].accounts[account]?.open, !open.isEmpty else { throw .unknownOrder }
        for id in open where orders[id.slot].isOpen { cancelWithList(id, cancelId) }
        settleAftermath(in: market)
        return open.map { orders[$0.slot] }
    }

    private mutating func cancelWithList(_ id: Int64, _ cancelId: ClientOrderId?) {
        if let list = orders[id.slot].listId { return cancelLegs(of: lists[list.slot], cancelId) }
        orders[id.slot].cancelId = cancelId
        end(id, .canceled, .canceled)
    }

    private mutating func cancelLegs(of list: OrderListRecord, _ cancelId: ClientOrderId?) {
        let open = list.orders.filter { orders[$0.slot].isOpen }
        for id in open { orders[id.slot].cancelId = cancelId }
        // The end of one leg may have ended the next.
        for id in open where orders[id.slot].isOpen { end(id, .canceled, .canceled) }
    }
}
