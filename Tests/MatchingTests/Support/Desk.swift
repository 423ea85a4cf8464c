// A small venue for tests: one or two symbols, a few accounts with plenty of money, and short words for orders.
import Kernel
import Market
import Testing
import Trading

@testable import Matching

let btc = Currency("BTC")!, bnb = Currency("BNB")!
let pair = Symbol("BTC/USDT")!
let ann = ParticipantId(1), ben = ParticipantId(2), cid = ParticipantId(3)

func d(_ text: String) -> FixedDecimal { FixedDecimal(text)! }
func q(_ text: String) -> Quantity { Quantity(text)! }
func p(_ text: String) -> Price { Price(text)! }
func client(_ text: String) -> ClientOrderId { ClientOrderId(text)! }
func level(_ price: String, _ quantity: String) -> OrderBookSnapshot.Level { .init(price: p(price), quantity: q(quantity)) }

func limit(_ quantity: String, _ price: String, _ force: TimeInForce = .goodTillCancel) -> OrderKind { .limit(q(quantity), price: p(price), force) }
func maker(_ quantity: String, _ price: String) -> OrderKind { .limitMaker(q(quantity), price: p(price)) }
func market(_ quantity: String) -> OrderKind { .market(.base(q(quantity))) }
func spend(_ amount: String) -> OrderKind { .market(.quote(d(amount))) }
func stop(_ quantity: String, _ trigger: String) -> OrderKind { .stopLoss(q(quantity), trigger: p(trigger)) }
func target(_ quantity: String, _ trigger: String) -> OrderKind { .takeProfit(q(quantity), trigger: p(trigger)) }
func stopLimit(_ quantity: String, _ trigger: String, _ price: String, _ force: TimeInForce = .goodTillCancel) -> OrderKind {
    .stopLossLimit(q(quantity), trigger: p(trigger), price: p(price), force)
}
func targetLimit(_ quantity: String, _ trigger: String, _ price: String) -> OrderKind {
    .takeProfitLimit(q(quantity), trigger: p(trigger), price: p(price), .goodTillCancel)
}

/// Tick 0.01, lot 0.001, nothing else in the way.
func openRules(_ symbol: Symbol = pair) -> InstrumentRules {
    InstrumentRules(symbol: symbol, price: .init(minimum: d("0.01"), step: d("0.01")), lot: .init(minimum: d("0.001"), step: d("0.001")))
}

struct Desk {
    var core: MatchingCore
    private var count = 0
    var time: Int64 = 1_000

    /// Ann, Ben and Cid with 100 BTC and 100,000 USDT each.
    init(rules: InstrumentRules = openRules(), fees: FeeSchedule = .free, funds: [Currency: FixedDecimal] = [btc: d("100"), .usdt: d("100000")]) {
        core = MatchingCore(rules: [rules])
        for account in [ann, ben, cid] { core.openAccount(account, balances: funds, fees: fees) }
    }

    mutating func tick() -> Timestamp {
        time += 1
        return Timestamp(milliseconds: time)
    }

    @discardableResult
    mutating func place(_ account: ParticipantId, _ side: Side, _ kind: OrderKind, id: String? = nil, prevention: SelfTradePrevention = .none)
        throws(Refusal) -> OrderRecord
    {
        count += 1
        let request = OrderRequest(id: client(id ?? "o\(count)"), symbol: pair, side: side, kind: kind)
        return try core.place(request, for: account, prevention: prevention, at: tick())
    }

    /// Why the order is not taken; nil where it is.
    mutating func refusal(_ account: ParticipantId, _ side: Side, _ kind: OrderKind, id: String? = nil) -> Refusal? {
        do throws(Refusal) { try place(account, side, kind, id: id) } catch { return error }
        return nil
    }

    private mutating func leg(_ side: Side, _ kind: OrderKind) -> OrderLeg {
        count += 1
        return OrderLeg(id: client("o\(count)"), side: side, kind: kind)
    }

    @discardableResult
    mutating func oco(_ account: ParticipantId, _ side: Side, above: OrderKind, below: OrderKind) throws(Refusal) -> OrderListRecord {
        try list(account, .oneCancelsOther(above: leg(side, above), below: leg(side, below)))
    }

    @discardableResult
    mutating func oto(_ account: ParticipantId, _ side: Side, _ working: OrderKind, then pendingSide: Side, _ pending: OrderKind) throws(Refusal)
        -> OrderListRecord
    {
        try list(account, .oneTriggersOther(working: leg(side, working), pending: leg(pendingSide, pending)))
    }

    @discardableResult
    mutating func otoco(
        _ account: ParticipantId, _ side: Side, _ working: OrderKind, then pendingSide: Side, above: OrderKind,
        below: OrderKind
    ) throws(Refusal) -> OrderListRecord {
        try list(account, .oneTriggersOneCancelsOther(working: leg(side, working), above: leg(pendingSide, above), below: leg(pendingSide, below)))
    }

    mutating func list(_ account: ParticipantId, _ contingency: OrderListRequest.Contingency) throws(Refusal) -> OrderListRecord {
        count += 1
        return try core.place(OrderListRequest(id: client("l\(count)"), symbol: pair, contingency), for: account, at: tick())
    }

    @discardableResult
    mutating func cancel(_ id: Int64, _ account: ParticipantId) throws(Refusal) -> OrderRecord { try core.cancel(id, for: account, at: tick()) }

    mutating func quote(bids: [OrderBookSnapshot.Level] = [], asks: [OrderBookSnapshot.Level] = []) {
        try! core.replaceMarketQuotes(pair, bids: bids, asks: asks, at: tick())
    }

    mutating func last(_ price: String) { try! core.setLastPrice(pair, p(price), at: tick()) }

    func order(_ id: Int64) -> OrderRecord { core.order(id)! }
    func legs(_ list: OrderListRecord) -> [OrderRecord] { list.orders.map(order) }
    func list(_ id: Int64) -> OrderListRecord { core.list(id)! }
    func free(_ account: ParticipantId, _ currency: Currency) -> FixedDecimal { core.balance(account, currency)!.free }
    func locked(_ account: ParticipantId, _ currency: Currency) -> FixedDecimal { core.balance(account, currency)!.locked }
    /// The newest trades, as `price x quantity`.
    var trades: [String] { core.allTrades(pair).map { "\($0.price) x \($0.quantity)" } }
    func state(_ id: Int64) -> OrderState { OrderState(order(id)) }
}

/// What most tests ask of an order.
struct OrderState: Equatable, CustomStringConvertible {
    let status: VenueOrderStatus
    let executed: FixedDecimal
    let reason: EndReason?
    init(_ order: OrderRecord) { (status, executed, reason) = (order.status, order.executed.value, order.endReason) }
    init(_ status: VenueOrderStatus, _ executed: String, _ reason: EndReason? = nil) {
        (self.status, self.executed, self.reason) = (status, d(executed), reason)
    }
    var description: String { "\(status) \(executed) \(reason.map(\.rawValue) ?? "open")" }
}

extension OrderState {
    static func filled(_ executed: String) -> OrderState { OrderState(.filled, executed, .filled) }
    static func expired(_ executed: String, _ reason: EndReason) -> OrderState { OrderState(.expired, executed, reason) }
    static func new() -> OrderState { OrderState(.new, "0") }
}
