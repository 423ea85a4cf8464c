// Rule 8: one triggers other, and one triggers a pair.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rule 8: OTO and OTOCO")
struct OneTriggersOtherTests {
    @Test("pending legs wait until the working order is filled to the end, then stand with one lock")
    func entryWithExit() throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.otoco(ann, .buy, limit("2", "99"), then: .sell, above: maker("2", "110"), below: stop("2", "90"))
        #expect(desk.legs(list).map(\.status) == [.new, .pendingNew, .pendingNew])
        try desk.place(ben, .sell, market("1"))
        #expect(desk.legs(list).map(\.status) == [.partiallyFilled, .pendingNew, .pendingNew])
        try desk.place(ben, .sell, market("1"))
        #expect(desk.legs(list).map(\.status) == [.filled, .new, .new] && desk.locked(ann, btc) == d("2") && desk.list(list.id).locked == d("2"))
        desk.last("90")
        #expect(desk.legs(list).map { OrderState($0) } == [.filled("2"), .expired("0", .otherLeg), .expired("0", .noLiquidity)])
        #expect(desk.list(list.id).status == .done)
    }

    @Test("a working order that fills at once activates its leg in the same operation")
    func atOnce() throws {
        var desk = Desk()
        try desk.place(ben, .sell, limit("1", "100"))
        try desk.place(cid, .buy, limit("1", "95"))
        let list = try desk.oto(ann, .buy, limit("1", "100"), then: .sell, market("1"))
        #expect(
            desk.legs(list).map { OrderState($0) } == [.filled("1"), .filled("1")] && desk.trades == ["100 x 1", "95 x 1"] && list.status == .done)
    }

    @Test("a leg is placed after the order that filled its working order is done, not in its middle")
    func notInTheMiddle() throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.oto(ann, .buy, limit("1", "100"), then: .sell, limit("1", "98"))
        try desk.place(cid, .buy, limit("1", "99"))
        try desk.place(ben, .sell, market("2"))
        #expect(desk.trades == ["100 x 1", "99 x 1"] && desk.legs(list).map(\.status) == [.filled, .new])
    }

    @Test(
        "only a limit order that can rest works, and a pending leg has a quantity",
        arguments: [
            (limit("1", "90"), stop("1", "80"), nil), (maker("1", "90"), limit("1", "120", .fillOrKill), nil),
            (limit("1", "90", .immediateOrCancel), stop("1", "80"), Refusal.invalidList),
            (market("1"), stop("1", "80"), .invalidList), (stop("1", "110"), stop("1", "80"), .invalidList),
            (limit("1", "90"), spend("80"), .invalidList),
            (maker("1", "101"), stop("1", "80"), .wouldMatchImmediately), (limit("1", "90"), limit("1", "0.005"), .filter(.price))
        ] as [(OrderKind, OrderKind, Refusal?)])
    func shapes(_ working: OrderKind, _ pending: OrderKind, _ expected: Refusal?) throws {
        var desk = Desk(), refusal: Refusal?
        desk.last("100")
        try desk.place(ben, .sell, limit("1", "101"))
        do throws(Refusal) { try desk.oto(ann, .buy, working, then: .sell, pending) } catch { refusal = error }
        #expect(refusal == expected)
    }

    @Test(
        "a leg that is refused in its turn expires, and the list is done",
        arguments: [limit("200", "120"), stop("1", "90"), maker("1", "80"), market("101.001")])
    func refused(_ pending: OrderKind) throws {
        var desk = Desk()
        desk.last("100")
        try desk.place(cid, .buy, limit("1", "84"))
        let list = try desk.oto(ann, .buy, maker("1", "85"), then: .sell, pending)
        try desk.place(ben, .sell, limit("1", "85"))
        #expect(desk.legs(list).map { OrderState($0) } == [.filled("1"), .expired("0", .refusedOnTrigger)])
        #expect(desk.list(list.id).status == .done && desk.locked(ann, btc).isZero)
    }

    @Test("a pair whose prices the market has passed is refused in its turn, both legs")
    func pairRefused() throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.otoco(ann, .buy, limit("1", "85"), then: .sell, above: maker("1", "110"), below: stop("1", "90"))
        try desk.place(ben, .sell, market("1"))
        #expect(desk.legs(list).map { OrderState($0) } == [.filled("1"), .expired("0", .refusedOnTrigger), .expired("0", .refusedOnTrigger)])
        #expect(desk.list(list.id).status == .done && desk.locked(ann, btc).isZero)
    }

    @Test("cancelling any leg while the working order is open cancels the list, also a partly filled one", arguments: [0, 1, 2])
    func cancels(_ leg: Int) throws {
        var desk = Desk()
        desk.last("100")
        let list = try desk.otoco(ann, .buy, limit("2", "99"), then: .sell, above: maker("2", "110"), below: stop("2", "90"))
        try desk.place(ben, .sell, market("1"))
        try desk.cancel(list.orders[leg], ann)
        #expect(
            desk.legs(list).map { OrderState($0) } == [
                OrderState(.canceled, "1", .canceled), OrderState(.canceled, "0", .canceled), OrderState(.canceled, "0", .canceled)
            ])
        #expect(desk.list(list.id).status == .done && desk.locked(ann, .usdt).isZero)
    }

    @Test("a working order that expires takes its pending legs with it")
    func workingExpires() throws {
        var desk = Desk()
        let list = try desk.oto(ann, .buy, limit("1", "99"), then: .sell, limit("1", "110"))
        try desk.place(ann, .sell, market("1"), prevention: .expireMaker)
        #expect(desk.legs(list).map { OrderState($0) } == [.expired("0", .selfTrade), .expired("0", .workingEnded)])
    }

    @Test("lists wait their turn in the order in which their working orders filled")
    func firstInFirstOut() throws {
        var desk = Desk()
        try desk.place(cid, .buy, limit("1", "50"))
        let second = try desk.oto(ann, .buy, limit("1", "98"), then: .sell, market("1"))
        let first = try desk.oto(ben, .buy, limit("1", "99"), then: .sell, market("1"))
        try desk.place(cid, .sell, market("2"))
        #expect(desk.state(first.orders[1]) == .filled("1") && desk.state(second.orders[1]) == .expired("0", .noLiquidity))
    }
}
