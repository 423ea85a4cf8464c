// Rule 5: an order that meets one of its own account.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 5: self-trade prevention")
struct SelfTradeTests {
    /// Ann's 1 at 100 stands before Ben's 1 at 100 and his 1 at 101; Ann buys.
    @Test(
        "each mode ends what it names, as its own order is met",
        arguments: [
            (SelfTradePrevention.none, limit("2", "101"), OrderState.filled("2"), OrderState.filled("1"), ["100 x 1", "100 x 1"]),
            (.expireMaker, limit("2", "101"), .filled("2"), .expired("0", .selfTrade), ["100 x 1", "101 x 1"]),
            (.expireTaker, limit("2", "101"), .expired("0", .selfTrade), .new(), []),
            (.expireBoth, limit("2", "101"), .expired("0", .selfTrade), .expired("0", .selfTrade), []),
            (.expireMaker, market("2"), .filled("2"), .expired("0", .selfTrade), ["100 x 1", "101 x 1"]),
            (.expireTaker, spend("150"), .expired("0", .selfTrade), .new(), []),
            (.expireMaker, limit("3", "101", .fillOrKill), .expired("2", .fillOrKill), .expired("0", .selfTrade), ["100 x 1", "101 x 1"]),
            (.expireTaker, limit("1", "99"), .new(), .new(), [])
        ])
    func modes(_ mode: SelfTradePrevention, _ kind: OrderKind, _ taker: OrderState, _ maker: OrderState, _ trades: [String]) throws {
        var desk = Desk()
        let own = try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ben, .sell, limit("1", "100"))
        try desk.place(ben, .sell, limit("1", "101"))
        let order = try desk.place(ann, .buy, kind, prevention: mode)
        #expect(OrderState(order) == taker)
        #expect(desk.state(own.id) == maker)
        #expect(desk.trades == trades)
    }

    @Test("an order that is done before it meets its own ends nothing")
    func notMet() throws {
        var desk = Desk()
        try desk.place(ben, .sell, limit("1", "100"))
        let own = try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ann, .buy, market("1"), prevention: .expireBoth)
        #expect(desk.state(own.id) == .new())
    }

    @Test("a market buy is paid for by the makers it will really meet")
    func walk() throws {
        var desk = Desk(funds: [btc: d("100"), .usdt: d("120")])
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ben, .sell, limit("1", "130"))
        #expect(throws: Refusal.insufficientBalance) { try desk.place(ann, .buy, market("1"), prevention: .expireMaker) }
        #expect(throws: Never.self) { try desk.place(ann, .buy, market("1"), prevention: .none) }
    }

    @Test("a leg that self-trade prevention ends takes its pair with it")
    func legs() throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.oco(ann, .sell, above: maker("1", "110"), below: stop("1", "90"))
        try desk.place(ann, .buy, limit("1", "110"), prevention: .expireMaker)
        #expect(desk.legs(list).map { OrderState($0) } == [.expired("0", .selfTrade), .expired("0", .otherLeg)])
        #expect(desk.list(list.id).status == .done && desk.locked(ann, btc).isZero)
    }
}
