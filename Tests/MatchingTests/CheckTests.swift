// Rule 2: what is refused, by which name, in which order, and that nothing is left of it.
import Kernel
import Market
import Testing
import Trading

@testable import Matching

@Suite("Rule 2: checks of a new order")
struct CheckTests {
    @Test(
        "each broken rule is refused by its name, the first in order where several are broken",
        arguments: [
            (OrderKind.market(.base(q("0.0015"))), Refusal.filter(.lot)),
            (limit("1", "100.001"), .filter(.price)), (limit("0", "100"), .filter(.lot)), (spend("0"), .filter(.notional)),
            (spend("-1"), .filter(.notional)),
            (limit("0.001", "100"), .filter(.notional)), (limit("1", "151"), .filter(.percentPriceBySide)),
            (limit("1000", "100"), .filter(.lot)), (stop("1", "110"), .unsupportedType),
            (maker("1", "101"), .wouldMatchImmediately), (targetLimit("1", "120", "100"), .wouldTriggerImmediately),
            (limit("99", "100"), .insufficientBalance), (spend("5001"), .insufficientBalance)
        ])
    func names(_ kind: OrderKind, _ expected: Refusal) throws {
        var rules = openRules()
        rules.orderTypes.remove(.stopLoss)
        rules.lot.maximum = d("100")
        rules.notional = .init(minimum: d("5"))
        rules.percentPrice = .init(bidUp: d("1.5"), bidDown: d("0.5"), askUp: d("1.5"), askDown: d("0.5"))
        var desk = Desk(rules: rules, funds: [btc: d("100"), .usdt: d("5000")])
        desk.last("100")
        try desk.place(ann, .sell, limit("1", "101"))
        let before = desk.core
        #expect(desk.refusal(ben, .buy, kind) == expected)
        #expect(desk.core.orders == before.orders && desk.core.accounts == before.accounts && desk.core.markets == before.markets)
    }

    @Test("a symbol that is unknown, or not trading, takes nothing", arguments: [InstrumentRules.Status.halted, .cancelOnly, .unrecognised("BREAK")])
    func closed(_ status: InstrumentRules.Status) {
        var rules = openRules()
        rules.status = status
        var desk = Desk(rules: rules)
        #expect(desk.refusal(ann, .buy, limit("1", "100")) == .marketClosed)
        let other = OrderRequest(id: client("x"), symbol: Symbol("ETH/USDT")!, side: .buy, kind: limit("1", "100"))
        #expect(throws: Refusal.unknownSymbol) { try desk.core.place(other, for: ann, at: Timestamp(milliseconds: 1)) }
    }

    @Test("the most orders, trigger orders and lists are counted with pending legs, per account and symbol")
    func counts() throws {
        var rules = openRules()
        (rules.maximumOrders, rules.maximumAlgoOrders, rules.maximumOrderLists) = (5, 2, 1)
        var desk = Desk(rules: rules)
        desk.last("100")
        let list = try desk.otoco(ann, .buy, limit("1", "90"), then: .sell, above: maker("1", "120"), below: stop("1", "80"))
        #expect(throws: Refusal.filter(.maximumOrderLists)) { try desk.oco(ann, .sell, above: maker("1", "120"), below: stop("1", "80")) }
        try desk.place(ann, .sell, stop("1", "70"))
        #expect(desk.refusal(ann, .sell, stop("1", "70")) == .filter(.maximumAlgoOrders))
        try desk.place(ann, .sell, limit("1", "150"))
        #expect(desk.refusal(ann, .sell, limit("1", "150")) == .filter(.maximumOrders))
        #expect(desk.refusal(ben, .sell, stop("1", "70")) == nil)
        try desk.cancel(list.orders[0], ann)
        #expect(desk.refusal(ann, .sell, stop("1", "70")) == nil)
        #expect(throws: Refusal.filter(.maximumAlgoOrders)) { try desk.oco(ann, .sell, above: maker("1", "120"), below: stop("1", "80")) }
    }

    @Test("a triggered stop counts as a trigger order no more")
    func firedStopIsNoAlgo() throws {
        var rules = openRules()
        rules.maximumAlgoOrders = 1
        var desk = Desk(rules: rules)
        desk.last("100")
        try desk.place(ann, .sell, stopLimit("1", "95", "94"))
        desk.last("95")
        #expect(desk.refusal(ann, .sell, stop("1", "70")) == nil)
    }

    @Test(
        "the most base units count what is owned, what open buys may bring, and the new buy; a pair counts once",
        arguments: [("2", true), ("2.001", false)])
    func position(_ quantity: String, _ isTaken: Bool) throws {
        var rules = openRules()
        rules.maximumPosition = d("106")
        var desk = Desk(rules: rules)
        desk.last("100")
        try desk.place(ann, .buy, limit("1", "90"))
        try desk.oco(ann, .buy, above: stop("3", "110"), below: maker("3", "80"))
        try desk.place(ann, .sell, limit("50", "200"))
        #expect(desk.refusal(ann, .buy, limit(quantity, "50")) == (isTaken ? nil : .filter(.maximumPosition)))
    }

    @Test("a client id is taken while an order with it is open, by that account only, and free again after")
    func duplicates() throws {
        var desk = Desk()
        let first = try desk.place(ann, .sell, limit("1", "100"), id: "same")
        #expect(desk.refusal(ann, .sell, limit("1", "100"), id: "same") == .duplicateOrder)
        #expect(desk.refusal(ben, .sell, limit("1", "100"), id: "same") == nil)
        try desk.cancel(first.id, ann)
        let second = try desk.place(ann, .sell, limit("1", "100"), id: "same")
        #expect(desk.core.order(client("same"), ann)?.id == second.id)
    }

    @Test("the ids of pending legs are taken too, and two legs cannot share one")
    func legIds() throws {
        var desk = Desk()
        let working = OrderLeg(id: client("w"), side: .buy, kind: limit("1", "90"))
        _ = try desk.list(ann, .oneTriggersOther(working: working, pending: OrderLeg(id: client("x"), side: .sell, kind: limit("1", "100"))))
        #expect(desk.refusal(ann, .sell, limit("1", "100"), id: "x") == .duplicateOrder)
        #expect(throws: Refusal.duplicateOrder) {
            let leg = OrderLeg(id: client("y"), side: .buy, kind: limit("1", "90"))
            _ = try desk.list(ann, .oneTriggersOther(working: leg, pending: leg))
        }
    }

    @Test("market orders by quote amount are refused where the symbol does not take them")
    func quoteAmount() {
        var rules = openRules()
        rules.allowsQuoteAmount = false
        var desk = Desk(rules: rules)
        #expect(desk.refusal(ann, .buy, spend("10")) == .quoteAmountNotAllowed)
    }
}
