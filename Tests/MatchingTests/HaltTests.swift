// Rules 9 and 11: a symbol that is halted, the average price, and cancelling.
import Kernel
import Testing
import Trading

@testable import Matching

@Suite("Rules 9 and 11: halts, averages, cancels")
struct HaltTests {
    @Test("in a halt nothing triggers or trades and cancels work; afterwards the next operation catches up")
    func halt() throws {
        var desk = Desk()
        desk.last("100")
        try desk.place(ben, .buy, limit("1", "80"))
        let waiting = try desk.place(ann, .sell, stop("1", "90")), resting = try desk.place(ann, .sell, limit("1", "120"))
        var rules = openRules()
        rules.status = .halted
        desk.core.setRules(rules)
        desk.last("85")
        desk.quote(bids: [level("130", "5")])
        #expect(desk.state(waiting.id) == .new() && desk.trades.isEmpty && desk.core.depth(pair, levels: 1)?.bids.first == level("80", "1"))
        #expect(throws: Refusal.marketClosed) { try desk.oco(ann, .sell, above: maker("1", "120"), below: stop("1", "70")) }
        try desk.cancel(resting.id, ann)
        desk.core.setRules(openRules())
        #expect(desk.state(waiting.id) == .new())
        try desk.place(cid, .buy, limit("1", "70"))
        #expect(desk.state(waiting.id) == .filled("1") && desk.trades == ["80 x 1"])
    }

    @Test("the average is weighted by volume over the window, rounded down; the last price where nothing was traded in it")
    func average() throws {
        var rules = openRules()
        rules.averagingWindow = .minutes(1)
        var desk = Desk(rules: rules)
        #expect(desk.core.averagePrice(pair) == nil)
        for (price, quantity) in [("100", "1"), ("101", "2")] {
            try desk.place(ann, .sell, limit(quantity, price))
            try desk.place(ben, .buy, market(quantity))
        }
        #expect(desk.core.averagePrice(pair) == p("100.666666666666"))
        desk.last("90")
        #expect(desk.core.averagePrice(pair) == p("100.666666666666"))
        // The first trade is out of the window one minute after it, the second not yet.
        let first = try #require(desk.core.allTrades(pair).first).time
        try desk.core.setLastPrice(pair, p("90"), at: first + .minutes(1))
        #expect(desk.core.averagePrice(pair) == p("101"))
        try desk.core.setLastPrice(pair, p("90"), at: first + .minutes(2))
        #expect(desk.core.averagePrice(pair) == p("90"))
        try desk.place(ann, .sell, limit("1", "95"))
        desk.time = 500_000
        try desk.place(ben, .buy, market("1"))
        #expect(desk.core.averagePrice(pair) == p("95"))
        desk.core.setRules(openRules())
        desk.last("80")
        #expect(desk.core.averagePrice(pair) == p("80"))
        desk.core.setRules(rules)
        #expect(desk.core.averagePrice(pair) == p("95"))
    }

    @Test("an order can be cancelled once, by its owner, and not after its end")
    func cancel() throws {
        var desk = Desk()
        let order = try desk.place(ann, .sell, limit("1", "100"))
        for (id, account) in [(order.id, ben), (Int64(7), ann), (0, ann), (-1, ann)] {
            #expect(throws: Refusal.unknownOrder) { try desk.cancel(id, account) }
        }
        #expect(OrderState(try desk.cancel(order.id, ann)) == OrderState(.canceled, "0", .canceled))
        #expect(throws: Refusal.unknownOrder) { try desk.cancel(order.id, ann) }
    }

    @Test("cancelling all takes one account's orders of one symbol with their lists, in the order of ids; none is an error")
    func cancelAll() throws {
        var desk = Desk()
        desk.last("100")
        try desk.place(ann, .sell, limit("1", "120"))
        try desk.place(ben, .sell, limit("1", "120"))
        try desk.otoco(ann, .buy, limit("2", "99"), then: .sell, above: maker("2", "110"), below: stop("2", "90"))
        let ended = try desk.core.cancelAll(pair, for: ann, at: desk.tick())
        #expect(ended.map(\.id) == [1, 3, 4, 5] && ended.allSatisfy { $0.status == .canceled })
        #expect(desk.core.openOrders(ann).isEmpty && desk.core.openLists(ann).isEmpty && desk.core.openOrders(ben).count == 1)
        #expect(throws: Refusal.unknownOrder) { try desk.core.cancelAll(pair, for: ann, at: desk.tick()) }
    }

    @Test("a cancel that moves the middle of a book without a last price fires what is due")
    func cancelTriggers() throws {
        var desk = Desk()
        let best = try desk.place(ben, .buy, limit("1", "99"))
        try desk.place(ben, .buy, limit("1", "60"))
        try desk.place(ben, .sell, limit("1", "101"))
        let waiting = try desk.place(ann, .sell, stop("1", "90"))
        try desk.cancel(best.id, ben)
        #expect(desk.state(waiting.id) == .filled("1"))
    }

    @Test("an earlier moment counts as the latest told")
    func timeStands() throws {
        var desk = Desk()
        try desk.place(ann, .sell, limit("1", "100"))
        desk.time = 3
        #expect(try desk.place(ann, .sell, limit("1", "100")).createdAt == Timestamp(milliseconds: 1_001))
    }
}
