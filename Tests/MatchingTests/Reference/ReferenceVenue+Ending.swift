// How orders end other than by filling, and whom they take with them.
import Kernel
import Market
import Trading

extension ReferenceVenue {
    /// The order ends by the venue's doing; a pair it belonged to ends with it, and so do legs that waited for it.
    mutating func expire(_ id: Int64, _ reason: ReferenceReason) {
        let ended = order(id)
        guard ended.isOpen else { return }
        change(id) { order in
            order.status = .expired
            order.reason = reason
        }
        endOtherLeg(of: ended)
        if isWorking(ended) {
            for pending in siblings(of: ended) where pending.status == .pendingNew { expire(pending.id, .workingEnded) }
        }
    }

    /// One leg of a pair has traded, triggered or ended: the other one, where it is still open, is over.
    mutating func endOtherLeg(of order: ReferenceOrder) {
        guard let other = otherLeg(of: order), other.isOpen, other.status != .pendingNew else { return }
        change(other.id) { order in
            order.status = .expired
            order.reason = .otherLeg
        }
    }

    mutating func cancel(_ id: Int64, for account: Int, newClientId: ClientOrderId?, at time: Timestamp) throws(ReferenceRefusal) {
        tell(time)
        guard let found = orders.first(where: { $0.id == id }), found.account == account, found.isOpen else { throw .unknownOrder }
        end([found] + siblings(of: found), newClientId)
        settle(found.symbol)
    }

    mutating func cancelList(_ id: Int64, for account: Int, newClientId: ClientOrderId?, at time: Timestamp) throws(ReferenceRefusal) {
        tell(time)
        guard let list = lists.first(where: { $0.id == id }), list.account == account, isExecuting(list) else { throw .unknownOrder }
        end(list.orders.map { order($0) }, newClientId)
        settle(list.symbol)
    }

    /// The orders that it ended.
    mutating func cancelAll(_ symbol: Symbol, for account: Int, newClientId: ClientOrderId?, at time: Timestamp) throws(ReferenceRefusal) -> [Int64] {
        tell(time)
        guard rules(of: symbol) != nil else { throw .unknownSymbol }
        let open = orders.filter { $0.symbol == symbol && $0.account == account && $0.isOpen }
        if open.isEmpty { throw .unknownOrder }
        end(open, newClientId)
        settle(symbol)
        return open.map(\.id)
    }

    private mutating func end(_ some: [ReferenceOrder], _ newClientId: ClientOrderId?) {
        for order in some where order.isOpen {
            change(order.id) { order in
                order.status = .canceled
                order.reason = .canceled
                order.cancelId = newClientId
            }
        }
    }

    func isExecuting(_ list: ReferenceList) -> Bool { list.orders.contains { order($0).isOpen } }
}
