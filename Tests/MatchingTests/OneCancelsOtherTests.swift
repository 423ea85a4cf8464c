// Rule 7: one cancels other.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 7: OCO")
struct OneCancelsOtherTests {
    static func desk() -> Desk {
        var desk = Desk()
        desk.last("100")
        return desk
    }

    @Test(
        "only pairs of one target and one stop on the right sides of the last price are taken",
        arguments: [
            (Side.sell, maker("1", "110"), stop("1", "90"), nil), (.sell, target("1", "110"), stopLimit("1", "90", "89"), nil),
            (.sell, targetLimit("1", "110", "90"), stop("1", "90"), nil), (.buy, stop("1", "110"), maker("1", "90"), nil),
            (.buy, stopLimit("1", "110", "111"), target("1", "90"), nil),
            (.sell, stop("1", "90"), maker("1", "110"), Refusal.invalidList), (.sell, limit("1", "110"), stop("1", "90"), .invalidList),
            (.sell, maker("1", "110"), maker("1", "90"), .invalidList), (.sell, maker("1", "110"), stop("2", "90"), .invalidList),
            (.buy, maker("1", "90"), stop("1", "110"), .invalidList), (.sell, maker("1", "100"), stop("1", "90"), .invalidList),
            (.sell, maker("1", "110"), stop("1", "100"), .invalidList), (.buy, stop("1", "100"), maker("1", "90"), .invalidList),
            (.sell, maker("1", "110"), stop("1.0005", "90"), .invalidList), (.sell, maker("1", "110.001"), stop("1", "90"), .filter(.price)),
            (.sell, maker("101", "110"), stop("101", "90"), .insufficientBalance)
        ] as [(Side, OrderKind, OrderKind, Refusal?)])
    func shapes(_ side: Side, _ above: OrderKind, _ below: OrderKind, _ expected: Refusal?) {
        var desk = Self.desk(), refusal: Refusal?
        let before = desk.core.orders
        do throws(Refusal) { try desk.oco(ann, side, above: above, below: below) } catch { refusal = error }
        #expect(refusal == expected && (expected == nil || desk.core.orders == before))
    }

    @Test(
        "without a last price the legs are held against each other alone", arguments: [("110", "90", true), ("90", "90", false), ("80", "90", false)])
    func noLast(_ above: String, _ below: String, _ isTaken: Bool) {
        var desk = Desk(), taken = true
        do throws(Refusal) { try desk.oco(ann, .sell, above: maker("1", above), below: stop("1", below)) } catch { taken = false }
        #expect(taken == isTaken)
    }

    @Test("two sides, and lists the symbol does not take, are refused")
    func otherRefusals() {
        var rules = openRules()
        rules.orderLists.remove(.oco)
        var desk = Desk(rules: rules)
        #expect(throws: Refusal.unsupportedType) { try desk.oco(ann, .sell, above: maker("1", "110"), below: stop("1", "90")) }
        var open = Self.desk()
        #expect(throws: Refusal.invalidList) {
            let above = OrderLeg(id: client("a"), side: .sell, kind: maker("1", "110")),
                below = OrderLeg(id: client("b"), side: .buy, kind: stop("1", "90"))
            _ = try open.list(ann, .oneCancelsOther(above: above, below: below))
        }
    }

    @Test("the target's first trade, even a part, ends the stop, and the rest stays without it")
    func targetTrades() throws {
        var desk = Self.desk()
        let list = try desk.oco(ann, .sell, above: maker("2", "110"), below: stop("2", "90"))
        try desk.place(ben, .buy, limit("0.5", "110"))
        #expect(desk.legs(list).map { OrderState($0) } == [OrderState(.partiallyFilled, "0.5"), .expired("0", .otherLeg)])
        #expect(desk.list(list.id).status == .executing && desk.list(list.id).locked.isZero && desk.locked(ann, btc) == d("1.5"))
        desk.last("80")
        #expect(desk.order(list.orders[0]).executed == q("0.5"))
        try desk.place(ben, .buy, market("1.5"))
        #expect(desk.list(list.id).status == .done && desk.core.openLists(ann).isEmpty)
    }

    @Test("the stop's trigger ends the target before anything trades")
    func stopTriggers() throws {
        var desk = Self.desk()
        let list = try desk.oco(ann, .sell, above: maker("2", "110"), below: stopLimit("2", "90", "89"))
        desk.last("90")
        #expect(desk.legs(list).map { OrderState($0) } == [.expired("0", .otherLeg), .new()])
        #expect(desk.core.depth(pair, levels: 5)?.asks == [level("89", "2")] && desk.locked(ann, btc) == d("2"))
    }

    @Test("a buy's survivor holds its own need, not the pair's")
    func buySurvivor() throws {
        var desk = Self.desk()
        let list = try desk.oco(ann, .buy, above: stopLimit("2", "110", "115"), below: maker("2", "90"))
        #expect(desk.locked(ann, .usdt) == d("230"))
        try desk.place(ben, .sell, market("1"))
        #expect(desk.locked(ann, .usdt) == d("90") && desk.order(list.orders[1]).locked == d("90") && desk.free(ann, .usdt) == d("99820"))
    }

    @Test("cancelling either leg, or the list, cancels both", arguments: [0, 1, 2])
    func cancels(_ which: Int) throws {
        var desk = Self.desk()
        let list = try desk.oco(ann, .sell, above: maker("2", "110"), below: stop("2", "90"))
        if which < 2 {
            _ = try desk.core.cancel(list.orders[which], for: ann, cancelId: client("bye"), at: desk.tick())
        } else {
            _ = try desk.core.cancelList(list.id, for: ann, cancelId: client("bye"), at: desk.tick())
        }
        #expect(desk.legs(list).allSatisfy { $0.status == .canceled && $0.endReason == .canceled && $0.cancelId == client("bye") })
        #expect(desk.list(list.id).status == .done && desk.locked(ann, btc).isZero && desk.core.depth(pair, levels: 1)?.asks.isEmpty == true)
        #expect(throws: Refusal.unknownOrder) { try desk.cancel(list.orders[0], ann) }
        #expect(throws: Refusal.unknownOrder) { try desk.core.cancelList(list.id, for: ann, at: desk.tick()) }
    }
}
