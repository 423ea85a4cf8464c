// How much the adapter asks: by the venue's own counts, with room kept for what protects.
import Kernel
import Ports
import TestSupport
import Testing

@testable import VenueBinance

@Suite("Binance quota")
struct BinanceLimitTests {
    static func answer(weight: Int = 1, orders: Int = 1) -> ScriptedAnswer {
        .json(
            BinanceBench.filled(),
            headers: [("X-MBX-USED-WEIGHT-1M", "\(weight)"), ("X-MBX-ORDER-COUNT-10S", "\(orders)"), ("X-MBX-ORDER-COUNT-1D", "\(orders)")])
    }

    @Test("F048 ordinary orders use half of the venue's order count, protective ones all of it, and neither goes beyond")
    func F048_orderCount() async throws {
        let counter = Counter()
        let bench = try BinanceBench { _ in Self.answer(orders: [1, 25, 50][min(counter.next(), 2)]) }
        defer { bench.server.stop() }
        // The window of ten seconds that the clock stands in ends here.
        let end = bench.clock.now + .seconds(10)
        #expect(await bench.submit() == nil)
        #expect(await bench.submit() == nil)
        #expect(await bench.submit() == .rateLimited(until: end))
        #expect(await bench.submit(.protective) == nil)
        #expect(await bench.submit(.protective) == .rateLimited(until: end))
        #expect(bench.server.requests.count == 3)
        bench.clock.advance(by: .seconds(10))
        #expect(await bench.submit() == nil)
    }

    @Test("F048 a fifth of the minute's weight is for protective requests, and prices share the same minute")
    func F048_weightReserve() async throws {
        let clock = FakeClock()
        let limits = BinanceLimits(clock: clock, weightPerMinute: 100)
        try await limits.enter(weight: 80, source: "prices")
        await #expect(throws: ExchangeError.rateLimited(until: clock.now + .minutes(1))) { try await limits.admit(weight: 1, orders: 1, .ordinary) }
        try await limits.admit(weight: 19, orders: 1, .protective)
        await #expect(throws: ExchangeError.rateLimited(until: clock.now + .minutes(1))) { try await limits.admit(weight: 2, orders: 0, .protective) }
        // What was refused was not booked.
        try await limits.admit(weight: 1, orders: 0, .protective)
    }

    @Test("the venue's limits replace ours as soon as it tells them")
    func told() async throws {
        let info =
            "{\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,\"limit\":50},"
            + "{\"rateLimitType\":\"ORDERS\",\"interval\":\"SECOND\",\"intervalNum\":10,\"limit\":4}],\"symbols\":[{\"symbol\":\"BTCUSDT\","
            + "\"status\":\"TRADING\",\"baseAsset\":\"BTC\","
            + "\"quoteAsset\":\"USDT\",\"isSpotTradingAllowed\":true,\"filters\":[{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0\","
            + "\"maxPrice\":\"0\",\"tickSize\":\"0.01\"},"
            + "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0\",\"maxQty\":\"9\",\"stepSize\":\"0.001\"}]}]}"
        let bench = try BinanceBench { $0.method == "GET" ? .json(info) : Self.answer(orders: 2) }
        defer { bench.server.stop() }
        #expect(try await bench.exchange.rules().count == 1)
        #expect(await bench.submit() == nil)
        #expect(await bench.submit()?.kind == "rateLimited")
        #expect(await bench.submit(.protective) == nil)
    }
}
