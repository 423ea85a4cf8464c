// The end of an order, whatever ends it: it leaves the market, frees its lock, and its list hears of it.
import Kernel
import Trading

extension MatchingCore {
    /// - Parameter status: filled, canceled or expired.
    mutating func end(_ id: Int64, _ status: VenueOrderStatus, _ reason: EndReason) {
        leaveSeat(id)
        setLock(id, .zero)
        orders[id.slot].status = status
        orders[id.slot].endReason = reason
        orders[id.slot].updatedAt = now
        let order = orders[id.slot]
        edit(order.account, in: order.market) { $0.close(id) }
        if let list = order.listId { legEnded(id, status, of: list) }
    }

    /// Takes an order out of the book or from among the triggers.
    mutating func leaveSeat(_ id: Int64) {
        let order = orders[id.slot]
        if order.seat == .resting, let price = order.kind.price {
            markets[order.market].book.remove(order.side, priority: order.priority, at: price)
        }
        if order.seat == .waiting, let trigger = order.kind.trigger, let side = TriggerSide(order.side, order.kind) {
            markets[order.market].triggers.remove(id, side, trigger)
        }
        // A trigger that has fired, or never will, counts as an algo order no more.
        if order.kind.trigger != nil, order.seat == .waiting || order.seat == .pending {
            edit(order.account, in: order.market) { $0.algoCount -= 1 }
        }
        orders[id.slot].seat = .none
    }

    /// Moves money between free and locked so that the order holds `amount`.
    mutating func setLock(_ id: Int64, _ amount: FixedDecimal) {
        let order = orders[id.slot]
        guard amount != order.locked else { return }
        accounts[order.account]?.lock(amount - order.locked, order.given)
        orders[id.slot].locked = amount
    }
}
