// The market's quotes, a candle's path, and the ladder round a price.
import Kernel
import Market
import Testing
import Trading

@testable import Matching

@Suite("The market")
struct QuoteTests {
    @Test("new quotes replace the old and leave no records; orders of accounts stay")
    func replaces() throws {
        var desk = Desk()
        try desk.place(ann, .buy, limit("1", "99"))
        desk.quote(bids: [level("99", "5"), level("98", "5")], asks: [level("101", "5")])
        desk.quote(bids: [level("99", "2"), level("97", "0")], asks: [level("102", "3")])
        let depth = try #require(desk.core.depth(pair, levels: 9))
        #expect(depth.bids == [level("99", "3")] && depth.asks == [level("102", "3")])
        #expect(desk.core.orders.count == 1)
        try desk.place(ben, .sell, market("1"))
        #expect(desk.order(1).status == .filled)
    }

    @Test("a quote that crosses orders trades with them as taker at their price, the best first, up to its quantity")
    func crosses() throws {
        var desk = Desk(fees: FeeSchedule(maker: "0.001", taker: "0.002"))
        let far = try desk.place(ann, .sell, limit("1", "101")), near = try desk.place(ann, .sell, limit("1", "100"))
        desk.quote(bids: [level("100.5", "0.5"), level("102", "1.2")], asks: [level("103", "1")])
        #expect(desk.trades == ["100 x 1", "101 x 0.2"])
        #expect(desk.state(near.id) == .filled("1") && desk.state(far.id) == OrderState(.partiallyFilled, "0.2"))
        let trade = try #require(desk.core.allTrades(pair).first)
        #expect(
            trade.taker.account == .market && trade.taker.order == nil && trade.taker.fee == Money(.zero, btc)
                && trade.maker.fee == Money(d("0.1"), .usdt))
        #expect(desk.core.depth(pair, levels: 9)?.bids == [level("100.5", "0.5")] && desk.core.balance(.market, .usdt)?.free == d("-120.2"))
        #expect(desk.core.fills(.market, pair).count == 2)
    }

    @Test("big orders walk the quotes, and what the book lacks expires")
    func walks() throws {
        var desk = Desk()
        desk.quote(asks: [level("100", "1"), level("101", "1")])
        #expect(OrderState(try desk.place(ann, .buy, market("5"))) == .expired("2", .noLiquidity))
        #expect(desk.trades == ["100 x 1", "101 x 1"])
    }

    @Test("triggers run once all quotes stand")
    func triggersAfter() throws {
        var desk = Desk()
        desk.last("100")
        let sale = try desk.place(ann, .sell, limit("1", "100")), waiting = try desk.place(ben, .buy, stop("1", "100.5"))
        try desk.place(ann, .sell, limit("1", "101"))
        desk.quote(bids: [level("101", "2")], asks: [level("102", "5")])
        #expect(desk.state(sale.id) == .filled("1") && desk.trades.last == "102 x 1" && desk.state(waiting.id) == .filled("1"))
    }

    @Test("the ladder's levels share the volume in whole lots, at least the minimum, and leave out what is no price")
    func ladder() {
        let ladder = Ladder(levels: 3, halfSpread: 2, tick: d("0.01"), lot: d("0.001"), minimum: d("0.01"))
        let quotes = ladder.quotes(around: p("100"), volume: q("1"))
        #expect(quotes.bids == [level("99.98", "0.333"), level("99.97", "0.333"), level("99.96", "0.333")])
        #expect(quotes.asks == [level("100.02", "0.333"), level("100.03", "0.333"), level("100.04", "0.333")])
        #expect(ladder.quotes(around: p("100"), volume: .zero).asks.allSatisfy { $0.quantity == q("0.01") })
        #expect(ladder.quotes(around: p("0.03"), volume: .zero).bids == [level("0.01", "0.01")])
        #expect(ladder.quotes(around: Price(Price.ceiling)!, volume: .zero).asks.isEmpty)
    }

    @Test(
        "a path starts at the open, ends at the close, touches both extremes in their order and never leaves them",
        arguments: [
            ("100", "110", "90", "105", true), ("100", "110", "90", "95", false), ("100", "100", "100", "100", true),
            ("90", "110", "90", "110", true),
            ("100.004", "100.004", "0.001", "50", false)
        ])
    func path(_ open: String, _ high: String, _ low: String, _ close: String, _ lowFirst: Bool) throws {
        let candle = try #require(
            Candle(openTime: Timestamp(milliseconds: 0), open: p(open), high: p(high), low: p(low), close: p(close), volume: .zero))
        let steps = CandlePath(candle, length: .minutes(1), tick: d("0.01")).steps
        let grid = [open, high, low, close].map { max(d("0.01"), d($0).rounded(toMultipleOf: d("0.01"), .nearest)) }
        let prices = steps.map(\.price.value)
        #expect(prices.count == 12 && prices.first == grid[0] && prices.last == grid[3])
        #expect(prices.max() == max(grid[0], grid[1]) && prices.min() == grid[2])
        #expect(try #require(prices.firstIndex(of: grid[2])) <= (try #require(prices.firstIndex(of: grid[1]))) || !lowFirst)
        #expect(steps.map(\.offset.milliseconds) == (0..<12).map { Int64($0) * 5_000 })
        #expect(prices.allSatisfy { $0.isMultiple(of: d("0.01")) })
    }
}
