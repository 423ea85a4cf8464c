// Rule 4: who trades with whom, how much, and what becomes of the rest.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 4: matching")
struct MatchTests {
    @Test("the best price trades first, then the oldest, and a partial fill keeps its place")
    func priority() throws {
        var desk = Desk()
        let ids = try [("1", "101"), ("1", "100"), ("1", "100"), ("1", "99")].map { try desk.place(ann, .sell, limit($0.0, $0.1)).id }
        try desk.place(ben, .buy, market("1.5"))
        #expect(desk.trades == ["99 x 1", "100 x 0.5"])
        try desk.place(ben, .buy, market("1"))
        #expect(desk.trades.suffix(2) == ["100 x 0.5", "100 x 0.5"])
        #expect(ids.map { desk.order($0).executed } == [.zero, q("1"), q("0.5"), q("1")])
    }

    @Test(
        "what an order of each kind does with the rest it cannot trade",
        arguments: [
            (market("3"), OrderState.expired("2", .noLiquidity)), (limit("3", "101"), OrderState(.partiallyFilled, "2")),
            (limit("3", "100"), OrderState(.partiallyFilled, "1")), (limit("3", "99"), .new()),
            (limit("3", "101", .immediateOrCancel), .expired("2", .immediateOrCancel)),
            (limit("3", "99", .immediateOrCancel), .expired("0", .immediateOrCancel)), (limit("3", "101", .fillOrKill), .expired("0", .fillOrKill)),
            (limit("2", "101", .fillOrKill), .filled("2")), (limit("2", "100", .fillOrKill), .expired("0", .fillOrKill)),
            (maker("3", "99.99"), .new()),
            (limit("2", "110"), .filled("2")), (market("0.5"), .filled("0.5"))
        ])
    func rest(_ kind: OrderKind, _ expected: OrderState) throws {
        var desk = Desk()
        try desk.place(ann, .sell, limit("1", "100"))
        try desk.place(ann, .sell, limit("1", "101"))
        let order = try desk.place(ben, .buy, kind)
        #expect(OrderState(order) == expected)
        #expect(desk.core.depth(pair, levels: 1)?.bids.isEmpty == order.status.isFinal)
        #expect(order.status.isFinal == order.locked.isZero && desk.locked(ben, .usdt) == order.locked)
    }

    @Test("a market order on an empty book expires with nothing executed")
    func empty() throws {
        var desk = Desk()
        for kind in [market("1"), spend("10")] { #expect(OrderState(try desk.place(ann, .buy, kind)) == .expired("0", .noLiquidity)) }
    }

    @Test(
        "a market order by amount takes whole lots, never spends or asks more, and is filled when less than a lot is left",
        arguments: [
            (Side.buy, "150.09", OrderState.filled("1.49"), "150.029"), (.buy, "100", .filled("1"), "100"),
            (.buy, "400", .expired("2", .noLiquidity), "202.1"),
            (.buy, "0.05", .expired("0", .belowLot), "0"), (.sell, "150.05", .filled("1.507"), "149.993"), (.sell, "99", .filled("0.991"), "98.9018"),
            (.sell, "500", .expired("2", .noLiquidity), "198.8"), (.buy, "202.1", .filled("2"), "202.1")
        ])
    func amount(_ side: Side, _ amount: String, _ expected: OrderState, _ moved: String) throws {
        var desk = Desk()
        for (price, quantity) in [("100", "1"), ("102.1", "1")] { try desk.place(ann, .sell, limit(quantity, price)) }
        for (price, quantity) in [("99", "1"), ("99.8", "1")] { try desk.place(cid, .buy, limit(quantity, price)) }
        let order = try desk.place(ben, side, spend(amount))
        #expect(OrderState(order) == expected && order.quantity == order.executed)
        #expect(order.executedQuote == d(moved) && order.quoteAmount == d(amount))
        #expect(desk.free(ben, .usdt) == d("100000") + (side == .buy ? -order.executedQuote : order.executedQuote) && desk.locked(ben, .usdt).isZero)
    }

    @Test("no trade happens beyond the limit, and the book is left with both rests uncrossed")
    func limits() throws {
        var desk = Desk()
        try desk.place(ann, .buy, limit("1", "100"))
        try desk.place(ann, .buy, limit("1", "98"))
        try desk.place(ben, .sell, limit("5", "99"))
        let depth = try #require(desk.core.depth(pair, levels: 5))
        #expect(desk.trades == ["100 x 1"] && depth.bids == [level("98", "1")] && depth.asks == [level("99", "4")])
    }

    @Test("records tell fills, trades tell both parties")
    func records() throws {
        var desk = Desk()
        let sale = try desk.place(ann, .sell, limit("2", "100"))
        try desk.place(ben, .buy, market("0.5"))
        let buy = try desk.place(cid, .buy, market("0.5"))
        #expect(desk.order(sale.id).fills == [1, 2] && desk.order(sale.id).executedQuote == d("100") && buy.fills == [2])
        let trade = try #require(desk.core.fills(cid, pair).first)
        #expect(
            trade.maker.order == sale.id && trade.taker.order == buy.id && trade.takerSide == .buy && trade.buyer.account == cid
                && trade.seller.account == ann)
        #expect(desk.core.fills(ann, pair).count == 2 && desk.core.openOrders(ann).map(\.id) == [sale.id] && desk.core.openOrders(cid).isEmpty)
    }
}
