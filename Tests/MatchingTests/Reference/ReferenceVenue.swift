// The slow twin of the matching core: it plays the same rules by reading every array from the start each time
// it wants to know something. It is only ever compared with, so it may take as long as it likes.
import Kernel
import Market
import Trading

struct ReferenceVenue {
    static let fees = -1
    static let market = 0

    var rules: [InstrumentRules]
    var accounts: [ReferenceAccount] = []
    var holdings: [ReferenceHolding] = []
    var orders: [ReferenceOrder] = []
    var quotes: [ReferenceQuote] = []
    var lists: [ReferenceList] = []
    var trades: [ReferenceTrade] = []
    var lastPrices: [(symbol: Symbol, price: Price)] = []
    var arrivals = 0
    var completions = 0
    var now = Timestamp(milliseconds: 0)

    init(rules: [InstrumentRules]) { self.rules = rules }

    mutating func openAccount(_ account: ReferenceAccount, _ balances: [(Currency, FixedDecimal)]) {
        accounts.append(account)
        for (currency, amount) in balances { add(amount, of: currency, to: account.number) }
    }

    /// Time never goes back.
    mutating func tell(_ time: Timestamp) { now = max(now, time) }

    // MARK: What there is

    func rules(of symbol: Symbol) -> InstrumentRules? { rules.first { $0.symbol == symbol } }
    func isTrading(_ symbol: Symbol) -> Bool { rules(of: symbol)?.status == .trading }
    func account(_ number: Int) -> ReferenceAccount { accounts.first { $0.number == number }! }
    func order(_ id: Int64) -> ReferenceOrder { orders.first { $0.id == id }! }
    func list(_ id: Int64) -> ReferenceList { lists.first { $0.id == id }! }

    mutating func change(_ id: Int64, _ body: (inout ReferenceOrder) -> Void) {
        for index in orders.indices where orders[index].id == id {
            body(&orders[index])
            orders[index].updatedAt = now
        }
    }

    /// The other orders of its list.
    func siblings(of order: ReferenceOrder) -> [ReferenceOrder] {
        orders.filter { $0.list == order.list && order.list != nil && $0.id != order.id }
    }

    /// True for the order of an OTO or OTOCO that must fill first.
    func isWorking(_ order: ReferenceOrder) -> Bool {
        guard let list = order.list.map({ list($0) }) else { return false }
        return list.kind != .oco && list.orders.first == order.id
    }

    /// The leg that ends when this one trades or triggers.
    func otherLeg(of order: ReferenceOrder) -> ReferenceOrder? {
        guard let list = order.list.map({ list($0) }), list.kind != .oto, !isWorking(order) else { return nil }
        return siblings(of: order).first { !isWorking($0) }
    }

    // MARK: Money

    mutating func add(_ amount: FixedDecimal, of currency: Currency, to account: Int) {
        for index in holdings.indices where holdings[index].account == account && holdings[index].currency == currency {
            holdings[index].total = holdings[index].total + amount
            return
        }
        holdings.append(ReferenceHolding(account: account, currency: currency, total: amount))
    }

    func total(_ account: Int, _ currency: Currency) -> FixedDecimal {
        holdings.first { $0.account == account && $0.currency == currency }?.total ?? .zero
    }

    func free(_ account: Int, _ currency: Currency) -> FixedDecimal { total(account, currency) - locked(account, currency) }

    /// What the open orders of an account hold back, counted anew: each order its need, and two legs of an OCO the
    /// larger of their needs.
    func locked(_ account: Int, _ currency: Currency) -> FixedDecimal {
        var sum = FixedDecimal.zero
        for order in orders where order.account == account {
            let need = need(of: order, in: currency)
            guard let other = otherLeg(of: order) else { sum = sum + need; continue }
            let otherNeed = self.need(of: other, in: currency)
            // Of a pair the first leg speaks for both.
            if order.id < other.id { sum = sum + max(need, otherNeed) }
        }
        return sum
    }

    func need(of order: ReferenceOrder, in currency: Currency) -> FixedDecimal {
        guard order.isOpen, order.status != .pendingNew else { return .zero }
        if let walk = order.walk {
            let given = order.side == .buy ? order.symbol.quote : order.symbol.base
            return currency == given ? walk - (order.side == .buy ? order.executedQuote : order.executed) : .zero
        }
        return need(of: order.side, order.kind, remaining: order.remaining, order.symbol, in: currency)
    }

    /// What an order that rests or waits must hold back.
    func need(of side: Side, _ kind: OrderKind, remaining: FixedDecimal, _ symbol: Symbol, in currency: Currency) -> FixedDecimal {
        switch side {
        case .sell: return currency == symbol.base ? remaining : .zero
        case .buy:
            guard currency == symbol.quote, let price = kind.price ?? kind.trigger else { return .zero }
            return remaining.times(price.value, rounding: .up)
        }
    }
}
