// One symbol: its rules, its book, its waiting orders, its trades, and who has orders in it.
import Kernel
import Market
import Trading

/// One account's orders and trades in one symbol.
struct AccountOrders: Hashable, Sendable {
    /// All ids, and those that are open, ascending.
    var all: [Int64] = []
    var open: [Int64] = []
    /// Open orders that have a trigger and were not triggered.
    var algoCount = 0
    var listCount = 0
    /// Indices into the symbol's trades.
    var trades: [Int] = []

    mutating func close(_ id: Int64) {
        let index = open.firstPlace { $0 >= id }
        precondition(index < open.count && open[index] == id, "an order that ends was open")
        open.remove(at: index)
    }
}

struct Market: Hashable, Sendable {
    var rules: InstrumentRules
    var book = OrderBook()
    var triggers = TriggerBook()
    /// Of the last trade, or as set.
    var lastPrice: Price?
    private(set) var trades: [FillRecord] = []
    private var window = TradedWindow()
    var accounts: [ParticipantId: AccountOrders] = [:]

    init(_ rules: InstrumentRules) { self.rules = rules }

    var symbol: Symbol { rules.symbol }
    var isTrading: Bool { rules.status == .trading }

    /// What triggers look at: the last price, before any the middle of the book, rounded down to the tick.
    var referencePrice: Price? {
        if let lastPrice { return lastPrice }
        guard let bid = book[.buy].best?.price, let ask = book[.sell].best?.price else { return nil }
        let middle = (bid.value + ask.value).divided(by: FixedDecimal(2), rounding: .down)
        return Price(middle.rounded(toMultipleOf: rules.price.step ?? .ulp, .down))
    }

    func averagePrice(at now: Timestamp) -> Price? {
        guard rules.averagingWindow.milliseconds > 0 else { return lastPrice }
        var window = window
        window.drop(until: now - rules.averagingWindow, of: trades)
        return window.average ?? lastPrice
    }

    mutating func changeRules(_ rules: InstrumentRules) {
        self.rules = rules
        window = TradedWindow()
        guard rules.averagingWindow.milliseconds > 0 else { return }
        for trade in trades { window.add(trade) }
    }

    mutating func add(_ trade: FillRecord) {
        lastPrice = trade.price
        trades.append(trade)
        if rules.averagingWindow.milliseconds > 0 {
            window.add(trade)
            window.drop(until: trade.time - rules.averagingWindow, of: trades)
        }
        accounts[trade.maker.account, default: AccountOrders()].trades.append(trades.count - 1)
        if trade.taker.account != trade.maker.account { accounts[trade.taker.account, default: AccountOrders()].trades.append(trades.count - 1) }
    }
}
