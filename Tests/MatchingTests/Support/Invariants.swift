// What must hold of a core after any operation, told by its public answers and its book.
import Kernel
import Trading

@testable import Matching

/// Free and locked money over all accounts, the venue's own two included.
struct Totals: Equatable {
    private var sums: [Currency: FixedDecimal] = [:]
    init(_ core: MatchingCore) {
        for account in core.accounts.keys {
            for balance in core.balances(account) { sums[balance.currency, default: .zero] += balance.total }
        }
    }
}

enum Invariants {
    static func fault(of core: MatchingCore) -> String? {
        for account in [ann, ben, cid] {
            if let fault = moneyFault(core, account) ?? orderFault(core, account) { return fault }
        }
        return bookFault(core) ?? (core.activations.isEmpty ? nil : "a list still waits for its activation")
    }

    private static func moneyFault(_ core: MatchingCore, _ account: ParticipantId) -> String? {
        let open = core.openOrders(account), lists = core.openLists(account)
        for balance in core.balances(account) {
            if balance.free.isNegative || balance.locked.isNegative { return "\(account) has \(balance)" }
            let ofOrders = open.filter { $0.given == balance.currency }.reduce(FixedDecimal.zero) { $0 + $1.locked }
            let ofLists = lists.filter { core.order($0.orders.last!)!.given == balance.currency }.reduce(FixedDecimal.zero) { $0 + $1.locked }
            if ofOrders + ofLists != balance.locked { return "\(account) locks \(balance.locked), its orders \(ofOrders) and lists \(ofLists)" }
        }
        return nil
    }

    private static func orderFault(_ core: MatchingCore, _ account: ParticipantId) -> String? {
        let open = core.openOrders(account)
        if open.map(\.id) != core.allOrders(account, pair).filter(\.isOpen).map(\.id) {
            return "the open orders of \(account) are not those that are open"
        }
        let own = core.markets[0].accounts[account]
        if (own?.algoCount ?? 0) != open.count(where: { $0.kind.trigger != nil && !$0.isWorking }) {
            return "trigger orders of \(account) are miscounted"
        }
        if (own?.listCount ?? 0) != core.openLists(account).count { return "lists of \(account) are miscounted" }
        for order in open {
            if core.order(order.clientId, account)?.id != order.id { return "order \(order.id) is not found by its client id" }
            if let fault = seatFault(core, order) { return "order \(order.id) \(fault)" }
        }
        for order in core.allOrders(account, pair) where !order.isOpen {
            if !order.locked.isZero || order.endReason == nil || order.seat != .none { return "order \(order.id) ended and holds on" }
        }
        return nil
    }

    private static func seatFault(_ core: MatchingCore, _ order: OrderRecord) -> String? {
        let resting = core.markets[0].book[order.side].levels.filter { $0.price == order.kind.price }.flatMap(\.entries).filter {
            $0.order == order.id
        }
        switch order.seat {
        case .none: return "is open and nowhere"
        case .pending: return order.status == .pendingNew && resting.isEmpty ? nil : "is pending and elsewhere too"
        case .waiting: return order.status == .new && !order.isWorking && resting.isEmpty ? nil : "waits and is elsewhere too"
        case .resting: return resting.map(\.rest) == [order.remaining.value] ? nil : "does not rest with what remains of it"
        }
    }

    private static func bookFault(_ core: MatchingCore) -> String? {
        let book = core.markets[0].book, bids = Array(book[.buy].bestFirst), asks = Array(book[.sell].bestFirst)
        if !zip(bids, bids.dropFirst()).allSatisfy({ $0.price > $1.price }) || !zip(asks, asks.dropFirst()).allSatisfy({ $0.price < $1.price }) {
            return "the book is not sorted"
        }
        if let bid = bids.first, let ask = asks.first, bid.price >= ask.price { return "the book is crossed" }
        for level in bids + asks {
            if level.entries.isEmpty || level.entries.contains(where: { !$0.rest.isPositive }) { return "a level holds nothing" }
            if !zip(level.entries, level.entries.dropFirst()).allSatisfy({ $0.priority < $1.priority }) {
                return "a level is not in the order of coming"
            }
            for id in level.entries.compactMap(\.order) where core.order(id)?.seat != .resting { return "order \(id) rests and does not know it" }
        }
        return dueFault(core)
    }

    private static func dueFault(_ core: MatchingCore) -> String? {
        guard core.markets[0].isTrading, let price = core.markets[0].referencePrice else { return nil }
        return core.markets[0].triggers.firstDue(at: price).map { "order \($0) is due and waits" }
    }
}
