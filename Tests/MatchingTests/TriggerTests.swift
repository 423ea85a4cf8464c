// Rule 6: when a waiting order comes alive, in which order, and what it does then.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 6: triggers")
struct TriggerTests {
    @Test(
        "a trigger fires at its price from its own side, and is refused where it holds already",
        arguments: [
            (Side.sell, stop("1", "90"), "90.01", "90"), (.buy, target("1", "90"), "90.01", "90"), (.buy, stop("1", "110"), "109.99", "110"),
            (.sell, target("1", "110"), "109.99", "110"), (.sell, stopLimit("1", "90", "89"), "90.01", "90"),
            (.sell, targetLimit("1", "110", "109"), "109.99", "110")
        ])
    func sides(_ side: Side, _ kind: OrderKind, _ before: String, _ at: String) throws {
        var desk = Desk()
        desk.last("100")
        let order = try desk.place(ann, side, kind)
        #expect(order.status == .new && !order.isWorking)
        desk.last(before)
        #expect(desk.order(order.id).workingAt == nil)
        desk.last(at)
        #expect(desk.order(order.id).workingAt == Timestamp(milliseconds: desk.time))
        #expect(desk.refusal(ann, side, kind) == .wouldTriggerImmediately)
    }

    @Test("before any trade triggers look at the middle of the book, down to the tick; without both sides at nothing")
    func middle() throws {
        var desk = Desk()
        #expect(desk.refusal(ann, .sell, stop("1", "500")) == nil)
        try desk.place(ben, .buy, limit("1", "90"))
        #expect(desk.order(1).workingAt == nil)
        try desk.place(ben, .sell, limit("1", "101.01"))
        #expect(desk.order(1).workingAt != nil && desk.trades == ["90 x 1"])
    }

    @Test("the middle is rounded down to the tick")
    func middleRounded() throws {
        var desk = Desk()
        try desk.place(ben, .buy, limit("1", "100"))
        try desk.place(ben, .sell, limit("1", "100.01"))
        #expect(desk.refusal(ann, .buy, stop("1", "100.01")) == nil)
        #expect(desk.refusal(ann, .buy, stop("1", "100")) == .wouldTriggerImmediately)
        #expect(desk.core.lastPrice(pair) == nil)
    }

    @Test("due orders fire by ascending id, each fully matched before the next is looked at")
    func order() throws {
        var desk = Desk()
        desk.last("100")
        try desk.place(ben, .buy, limit("1", "94"))
        try desk.place(ben, .buy, limit("1", "96"))
        let late = try desk.place(ann, .sell, stop("1", "93.99")), first = try desk.place(ann, .sell, stop("1", "95")),
            second = try desk.place(ann, .sell, stop("1", "99"))
        desk.last("95")
        // The first due takes 96, so that only the second, whose trigger is above, still holds; it takes 94.
        #expect(desk.trades == ["96 x 1", "94 x 1"])
        #expect([first, second].map { desk.state($0.id) } == [.filled("1"), .filled("1")] && desk.state(late.id) == .new())
    }

    @Test("stops can set each other off")
    func cascade() throws {
        var desk = Desk()
        desk.last("100")
        for price in ["98", "96", "94"] { try desk.place(ben, .buy, limit("1", price)) }
        for trigger in ["94", "96", "98"] { try desk.place(ann, .sell, stop("1", trigger)) }
        try desk.place(cid, .sell, market("1"))
        #expect(desk.trades == ["98 x 1", "96 x 1", "94 x 1"])
        #expect(desk.core.allOrders(ann, pair).map { OrderState($0) } == [.expired("0", .noLiquidity), .filled("1"), .filled("1")])
    }

    @Test(
        "a triggered limit rests behind those who were there, and does what its time in force says",
        arguments: [
            (TimeInForce.goodTillCancel, OrderState.new()), (.immediateOrCancel, .expired("0", .immediateOrCancel)),
            (.fillOrKill, .expired("0", .fillOrKill))
        ])
    func limits(_ force: TimeInForce, _ expected: OrderState) throws {
        var desk = Desk()
        desk.last("100")
        let waiting = try desk.place(ann, .sell, stopLimit("1", "90", "95", force))
        let early = try desk.place(ben, .sell, limit("1", "95"))
        desk.last("90")
        #expect(desk.state(waiting.id) == expected)
        try desk.place(cid, .buy, market("0.5"))
        #expect(desk.order(early.id).executed == q("0.5"))
    }

    @Test("a triggered market order's rest expires")
    func rest() throws {
        var desk = Desk()
        desk.last("100")
        let order = try desk.place(ann, .sell, stop("2", "90"))
        try desk.place(ben, .buy, limit("1", "80"))
        desk.last("90")
        #expect(desk.state(order.id) == .expired("1", .noLiquidity) && desk.locked(ann, btc).isZero)
    }
}
