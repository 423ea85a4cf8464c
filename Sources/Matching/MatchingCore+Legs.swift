// What the end, the first trade or the trigger of one leg does to the rest of its list.
import Kernel
import Trading

extension MatchingCore {
    /// One leg of an intact pair trades or triggers: the other expires at once, and this one holds its own lock.
    /// The rest of a partly filled target is therefore without its stop, as on the venue.
    mutating func dissolvePair(survivor id: Int64) {
        let order = orders[id.slot]
        guard let list = order.listId, let other = breakPair(list, from: id) else { return }
        setLock(id, order.kind.need(order.side, order.remaining))
        end(other, .expired, .otherLeg)
    }

    /// Frees the shared lock and gives the other leg; nil if the pair is not intact.
    private mutating func breakPair(_ list: Int64, from id: Int64) -> Int64? {
        guard lists[list.slot].pairIsIntact, let pair = lists[list.slot].pair else { return nil }
        lists[list.slot].pairIsIntact = false
        setListLock(list, .zero)
        return pair.above == id ? pair.below : pair.above
    }

    mutating func legEnded(_ id: Int64, _ status: VenueOrderStatus, of list: Int64) {
        let isCancel = status == .canceled
        if let other = breakPair(list, from: id) { end(other, isCancel ? .canceled : .expired, isCancel ? .canceled : .otherLeg) }
        if lists[list.slot].working == id {
            if status == .filled {
                activations.append(list)
            } else {
                for leg in lists[list.slot].pending where orders[leg.slot].isOpen {
                    end(leg, isCancel ? .canceled : .expired, isCancel ? .canceled : .workingEnded)
                }
            }
        }
        closeIfDone(list)
    }

    private mutating func closeIfDone(_ id: Int64) {
        lists[id.slot].updatedAt = now
        let list = lists[id.slot]
        guard list.status == .executing, !list.orders.contains(where: { orders[$0.slot].isOpen }) else { return }
        lists[id.slot].status = .done
        accounts[list.account]?.openLists.removeAll { $0 == id }
        edit(list.account, in: list.market) { $0.listCount -= 1 }
    }

    /// Moves money between free and locked so that the list's pair holds `amount`.
    mutating func setListLock(_ id: Int64, _ amount: FixedDecimal) {
        let list = lists[id.slot]
        accounts[list.account]?.lock(amount - list.locked, orders[list.orders[list.orders.count - 1].slot].given)
        lists[id.slot].locked = amount
    }
}
