// Rule 3: what is locked, when it is freed, and what must be free.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 3: balances and locks")
struct BalanceTests {
    @Test(
        "an order locks what it may give",
        arguments: [
            (Side.sell, limit("2", "150"), btc, "2"), (.buy, limit("2", "50.01"), .usdt, "100.02"), (.sell, stop("2", "90"), btc, "2"),
            (.buy, stop("2", "110"), .usdt, "220"), (.buy, stopLimit("2", "110", "112"), .usdt, "224"), (.buy, target("2", "90"), .usdt, "180"),
            (.buy, targetLimit("2", "90", "91"), .usdt, "182")
        ])
    func locks(_ side: Side, _ kind: OrderKind, _ currency: Currency, _ amount: String) throws {
        var desk = Desk()
        desk.last("100")
        let order = try desk.place(ann, side, kind)
        #expect(order.locked == d(amount) && desk.locked(ann, currency) == d(amount))
        try desk.cancel(order.id, ann)
        #expect(desk.locked(ann, currency).isZero && desk.order(order.id).locked.isZero)
        #expect(desk.free(ann, btc) == d("100") && desk.free(ann, .usdt) == d("100000"))
    }

    @Test("after each fill a buy holds its price times what remains; better prices free the difference")
    func excess() throws {
        var desk = Desk()
        try desk.place(ann, .sell, limit("1", "90"))
        let buy = try desk.place(ben, .buy, limit("3", "100"))
        #expect(buy.locked == d("200") && desk.locked(ben, .usdt) == d("200") && desk.free(ben, .usdt) == d("99710"))
    }

    @Test("a lock with more than 12 places is rounded up and never falls short of its trades")
    func roundedUp() throws {
        var rules = openRules()
        (rules.price.step, rules.lot.step, rules.lot.minimum) = (nil, nil, nil)
        var desk = Desk(rules: rules)
        let buy = try desk.place(ann, .buy, limit("0.000000000003", "0.333333333333"))
        #expect(buy.locked == .ulp)
        for _ in 0..<3 { try desk.place(ben, .sell, market("0.000000000001")) }
        #expect(desk.state(buy.id) == .filled("0.000000000003") && desk.free(ann, .usdt) == d("100000"))
    }

    @Test(
        "the legs of an OCO share one lock, the larger of their needs",
        arguments: [
            (Side.sell, maker("2", "120"), stop("2", "80"), btc, "2"), (.buy, stopLimit("2", "110", "112"), maker("2", "80"), .usdt, "224"),
            (.buy, stop("2", "110"), targetLimit("2", "90", "150"), .usdt, "300")
        ])
    func shared(_ side: Side, _ above: OrderKind, _ below: OrderKind, _ currency: Currency, _ amount: String) throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.oco(ann, side, above: above, below: below)
        #expect(list.locked == d(amount) && desk.locked(ann, currency) == d(amount) && desk.legs(list).allSatisfy(\.locked.isZero))
    }

    @Test("pending legs lock nothing")
    func pending() throws {
        var desk = Desk()
        try desk.otoco(ann, .buy, limit("1", "90"), then: .sell, above: maker("1", "120"), below: stop("1", "80"))
        #expect(desk.locked(ann, btc).isZero && desk.locked(ann, .usdt) == d("90"))
    }

    @Test(
        "a market order needs what it will trade, a limit order all it may trade",
        arguments: [
            (Side.buy, market("3"), "204", true), (.buy, market("3"), "203.99", false), (.buy, spend("150"), "150", true),
            (.buy, spend("150"), "149.99", false),
            (.buy, limit("3", "100", .immediateOrCancel), "299", false), (.buy, limit("3", "100", .immediateOrCancel), "300", true)
        ])
    func needsQuote(_ side: Side, _ kind: OrderKind, _ owned: String, _ isTaken: Bool) throws {
        var desk = Desk(funds: [btc: d("100")])
        desk.core.openAccount(ParticipantId(9), balances: [.usdt: d(owned)], fees: .free)
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ann, .sell, limit("1", "104"))
        #expect(desk.refusal(ParticipantId(9), side, kind) == (isTaken ? nil : .insufficientBalance))
    }

    @Test(
        "a market sale needs its quantity, or the base its amount takes",
        arguments: [
            (market("3"), "3", true), (market("3"), "2.999", false), (spend("150"), "1.5", true), (spend("150"), "1.499", false)
        ])
    func needsBase(_ kind: OrderKind, _ owned: String, _ isTaken: Bool) throws {
        var desk = Desk()
        desk.core.openAccount(ParticipantId(9), balances: [btc: d(owned)], fees: .free)
        try desk.place(ann, .buy, limit("2", "100"))
        #expect(desk.refusal(ParticipantId(9), .sell, kind) == (isTaken ? nil : .insufficientBalance))
    }

    @Test(
        "a triggered market buy spends its lock, then free money, and what neither pays expires",
        arguments: [
            ("220", OrderState.expired("1.833", .noFunds)), ("240", .filled("2"))
        ])
    func triggeredBuy(_ owned: String, _ expected: OrderState) throws {
        var desk = Desk()
        desk.core.openAccount(ParticipantId(9), balances: [.usdt: d(owned)], fees: .free)
        desk.last("100")
        let order = try desk.place(ParticipantId(9), .buy, stop("2", "110"))
        try desk.place(ann, .sell, limit("5", "120"))
        desk.last("110")
        #expect(desk.state(order.id) == expected)
        #expect(desk.locked(ParticipantId(9), .usdt).isZero)
    }
}
