// Rule 1: prices, notionals, fees and ids.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 1: numbers of a trade")
struct NumberTests {
    @Test("a trade has the maker's price, also where the taker would pay more")
    func makerPrice() throws {
        var desk = Desk()
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ben, .buy, limit("1", "105"))
        #expect(desk.trades == ["100 x 1"])
        #expect(desk.free(ben, .usdt) == d("99900") && desk.locked(ben, .usdt).isZero)
    }

    @Test("a notional that has more than 12 places is rounded down, for both sides alike")
    func notional() throws {
        var rules = openRules()
        (rules.price.step, rules.price.minimum) = (d("0.00000001"), nil)
        (rules.lot.step, rules.lot.minimum) = (d("0.00000001"), nil)
        var desk = Desk(rules: rules)
        try desk.place(ann, .sell, limit("0.00000003", "1.00000007"))
        try desk.place(ben, .buy, market("0.00000003"))
        // 0.0000000300000021 exactly.
        #expect(desk.core.allTrades(pair).first?.notional == d("0.000000030000"))
        #expect(desk.free(ann, .usdt) == d("100000.00000003") && desk.free(ben, .usdt) == d("99999.99999997"))
    }

    @Test("a fee is a share of what was received, up at 8 places, by role; the venue's own account gets it")
    func fees() throws {
        var desk = Desk(fees: FeeSchedule(maker: "0.0003", taker: "0.001"))
        try desk.place(ann, .sell, limit("0.123", "33.33"))
        try desk.place(ben, .buy, limit("0.123", "33.33"))
        let trade = try #require(desk.core.allTrades(pair).first)
        // Ben receives 0.123 BTC; Ann 4.09959 USDT, of which 0.0003 is 0.001229877.
        #expect(trade.taker.fee == Money(d("0.000123"), btc) && trade.maker.fee == Money(d("0.00122988"), .usdt))
        #expect(desk.core.balance(.fees, btc)?.free == d("0.000123") && desk.core.balance(.fees, .usdt)?.free == d("0.00122988"))
        #expect(desk.free(ben, btc) == d("100.122877"))
    }

    @Test("a fee is never more than what was received")
    func feeCap() throws {
        var rules = openRules()
        (rules.lot.step, rules.lot.minimum) = (nil, nil)
        var desk = Desk(rules: rules, fees: FeeSchedule(maker: "0.001", taker: "0.001"))
        try desk.place(ann, .sell, limit("0.000000000001", "0.01"))
        try desk.place(ben, .buy, market("0.000000000001"))
        #expect(desk.core.allTrades(pair).first?.taker.fee == Money(.ulp, btc))
        #expect(desk.free(ben, btc) == d("100"))
    }

    @Test(
        "a fee in a third asset has a fixed price, and falls back to what was received where there is too little",
        arguments: [
            ("1", Money(d("0.00016667"), bnb)), ("0.0001", Money(d("0.001"), btc))
        ])
    func thirdAsset(_ owned: String, _ fee: Money) throws {
        let fees = FeeSchedule(maker: .zero, taker: "0.001", payIn: .third(bnb, prices: [.usdt: p("600")]))
        var desk = Desk(fees: fees, funds: [btc: d("100"), .usdt: d("1000"), bnb: d(owned)])
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ben, .buy, market("1"))
        #expect(desk.core.allTrades(pair).first?.taker.fee == fee)
    }

    @Test(
        "a fee in quote falls on a buyer's free money, never on what other orders hold locked",
        arguments: [("100.1", Money(d("0.1"), .usdt)), ("100.09", Money(d("0.001"), btc))])
    func quoteFee(_ owned: String, _ fee: Money) throws {
        var desk = Desk(fees: FeeSchedule(maker: .zero, taker: "0.001", payIn: .quote), funds: [btc: d("100"), .usdt: d(owned)])
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ben, .buy, market("1"))
        #expect(desk.core.allTrades(pair).first?.taker.fee == fee)
    }

    @Test("a third asset that is the one being sold cannot be spent twice within one order")
    func thirdIsBase() throws {
        let fees = FeeSchedule(maker: .zero, taker: "0.01", payIn: .third(btc, prices: [.usdt: p("100")]))
        var desk = Desk(fees: fees, funds: [btc: d("2"), .usdt: d("1000")])
        try desk.place(ann, .buy, limit("1", "100"))
        try desk.place(ann, .buy, limit("1", "99"))
        let sale = try desk.place(ben, .sell, market("2"))
        #expect(OrderState(sale) == .filled("2"))
        #expect(desk.core.allTrades(pair).map(\.taker.fee.currency) == [.usdt, .usdt])
    }

    @Test("ids of orders, lists and trades ascend by one, and a refused order takes none")
    func ids() throws {
        var desk = Desk()
        try desk.place(ann, .sell, limit("1", "100"))
        #expect(desk.refusal(ann, .sell, limit("1000", "100")) == .insufficientBalance)
        let list = try desk.oco(ann, .sell, above: maker("1", "120"), below: stop("1", "80"))
        try desk.place(ben, .buy, market("1"))
        #expect(list.id == 1 && list.orders == [2, 3])
        #expect(desk.core.allOrders(ann, pair).map(\.id) == [1, 2, 3] && desk.core.allOrders(ben, pair).map(\.id) == [4])
        #expect(desk.core.allTrades(pair).map(\.id) == [1])
    }
}
