// The books of the venue, counted again: money of all accounts, what open orders hold, what trades say, and
// every order ever taken. A test compares a client's ledger with them.
public import Kernel
import Market
public import Matching
import StrictJSON
public import Trading

public struct VenueAudit: Sendable {
    public struct Balance: Hashable, Sendable {
        public let currency: Currency
        public let free: FixedDecimal
        public let locked: FixedDecimal
        public var total: FixedDecimal { free + locked }
    }
    /// The account's holdings, by currency; a currency it has none of is left out.
    public let holdings: [Balance]
    /// Over all accounts, against what was brought in: equal, or money came from nowhere.
    public let isConserved: Bool
    /// What open orders and lists hold is what is locked.
    public let locksAgree: Bool
    /// Each order's executed amounts are the sums of its trades.
    public let fillsAgree: Bool
    /// All orders of the account, oldest first.
    public let orders: [OrderRecord]
    public let trades: [FillRecord]

    public func holding(_ currency: Currency) -> Balance {
        holdings.first { $0.currency == currency } ?? Balance(currency: currency, free: .zero, locked: .zero)
    }
    /// Orders that were taken under this client id: there must never be more than one.
    public func orders(_ id: ClientOrderId) -> [OrderRecord] { orders.filter { $0.clientId == id } }
    public var isSound: Bool { isConserved && locksAgree && fillsAgree }
}

extension VenueState {
    var audit: VenueAudit {
        let held = core.balances(.trader)
        let orders = traded.flatMap { core.allOrders(.trader, $0) }.sorted { $0.id < $1.id }
        return VenueAudit(
            holdings: held.map { VenueAudit.Balance(currency: $0.currency, free: $0.free, locked: $0.locked) }.filter { !$0.total.isZero },
            isConserved: currencies.allSatisfy(isConserved), locksAgree: held.allSatisfy { $0.locked == locked($0.currency, orders) },
            fillsAgree: orders.allSatisfy(fillsAgree), orders: orders, trades: traded.flatMap { core.fills(.trader, $0) })
    }

    /// Transfers have the market's account as their other side, so the sum stays at what the account was opened with.
    private func isConserved(_ currency: Currency) -> Bool {
        let sum = [ParticipantId.trader, .market, .fees].reduce(FixedDecimal.zero) { $0 + (core.balance($1, currency)?.total ?? .zero) }
        return sum == settings.balances[currency] ?? .zero
    }

    private func locked(_ currency: Currency, _ orders: [OrderRecord]) -> FixedDecimal {
        func holds(_ symbol: Symbol, _ side: Side) -> Bool { (side == .buy ? symbol.quote : symbol.base) == currency }
        let single = orders.filter { $0.isOpen && holds($0.symbol, $0.side) }.reduce(FixedDecimal.zero) { $0 + $1.locked }
        return core.openLists(.trader).reduce(single) { sum, list in
            guard let leg = list.orders.last.flatMap(core.order), holds(list.symbol, leg.side) else { return sum }
            return sum + list.locked
        }
    }

    private func fillsAgree(_ order: OrderRecord) -> Bool {
        let trades = order.fills.compactMap { core.allTrades(order.symbol, from: Int($0) - 1).first }
        return trades.reduce(FixedDecimal.zero) { $0 + $1.quantity.value } == order.executed.value
            && trades.reduce(FixedDecimal.zero) { $0 + $1.notional } == order.executedQuote
    }
}

extension VenueAudit {
    var json: JSONValue {
        [
            "isSound": .bool(isSound), "isConserved": .bool(isConserved), "locksAgree": .bool(locksAgree), "fillsAgree": .bool(fillsAgree),
            "balances": .array(
                holdings.map {
                    ["asset": .string($0.currency.code), "free": .string($0.free.description), "locked": .string($0.locked.description)]
                }),
            "orders": .array(orders.map(\.queried)),
            "trades": .array(
                trades.map {
                    [
                        "symbol": .string($0.symbol.venueName), "id": .integer($0.id), "price": .string($0.price.description),
                        "qty": .string($0.quantity.description),
                        "quoteQty": .string($0.notional.description), "makerOrderId": .integer($0.maker.order ?? -1),
                        "takerOrderId": .integer($0.taker.order ?? -1),
                        "time": .time($0.time)
                    ]
                })
        ]
    }
}
