// The wishes of a Binance fixture asked through our adapter, and the requests compared: method, host, path, every
// parameter, key, and the signature recomputed over what we really sent.
import Kernel
import Market
import Ports
import Signing
import StrictJSON
import Testing
import Trading

@testable import VenueBinance

extension BinanceFixtures {
    func reasonNotOurs(request fixture: Fixture) -> String? {
        do {
            let expected = try fixture.request
            if !expected.host.hasSuffix("//api.binance.com") { return "not the spot host" }
            switch fixture.method {
            case "createOrder": _ = try OrderWish(order: fixture, rules: rules)
            case "editOrder" where expected["stopLossPrice"] != nil || expected["takeProfitPrice"] != nil:
                return "a parameter that the venue does not have"
            case "editOrder": _ = try OrderWish(order: fixture, skipping: 1, rules: rules)
            case "fetchMarkets": return "we ask for spot alone and without permission sets: some 6 MB less"
            default: if !Self.asked.contains(fixture.method) { return "nobody here asks for it" }
            }
            if expected.path.hasSuffix("/test") { return "orders that are only tested" }
            return nil
        } catch let wish as OrderWish.NotUnderstood { return wish.why } catch { return "a request that cannot be read" }
    }

    private static let asked: Set<String> = [
        "createMarketBuyOrderWithCost", "createMarketSellOrderWithCost", "createMarketOrderWithCost", "cancelOrder", "cancelAllOrders", "fetchOrder",
        "fetchOpenOrder", "fetchOpenOrders",
        "fetchOrders", "fetchClosedOrders", "fetchCanceledOrders", "fetchMyTrades", "fetchOrderTrades", "fetchBalance", "fetchTradingFee",
        "fetchTime", "fetchOHLCV",
        "fetchTicker", "fetchTickers", "fetchBidsAsks", "fetchOrderBook"
    ]

    func check(request fixture: Fixture) async throws {
        let expected = try fixture.request
        let transport = RecordingTransport()
        // The recorder's answer is empty, so every call ends in an error after it was sent.
        do { try await ask(fixture, expected, transport) } catch is ExchangeError {} catch is FeedError {}
        let sent = try FixtureRequest(try #require(transport.requests.first))
        #expect(transport.requests.count == 1)
        #expect((sent.method, sent.host, sent.path) == (expected.method, expected.host, expected.path))
        #expect(sent.sorted(without: ["signature"]) == expected.sorted(without: ["signature"]))
        #expect(sent.header("x-mbx-apikey") == expected.header("x-mbx-apikey"))
        #expect(sent.header("content-type") == expected.header("content-type"))
        guard expected["signature"] != nil else { return #expect(sent["signature"] == nil) }
        let parts = sent.payload.split(separator: "&signature=", maxSplits: 1)
        try #require(parts.count == 2)
        #expect(String(parts[1]) == Hex.encode(HMAC.sha256(key: Array(Self.secret.utf8), Array(parts[0].utf8))))
    }

    private func ask(_ fixture: Fixture, _ expected: FixtureRequest, _ transport: RecordingTransport) async throws {
        let exchange = exchange(transport)
        switch fixture.method {
        case "createOrder": _ = try await exchange.submit(order(OrderWish(order: fixture, rules: rules), expected), .ordinary)
        case "createMarketBuyOrderWithCost":
            _ = try await exchange.submit(order(OrderWish(cost: fixture, at: 1, side: "buy", rules: rules), expected), .ordinary)
        case "createMarketSellOrderWithCost":
            _ = try await exchange.submit(order(OrderWish(cost: fixture, at: 1, side: "sell", rules: rules), expected), .ordinary)
        case "createMarketOrderWithCost":
            _ = try await exchange.submit(order(OrderWish(cost: fixture, at: 2, side: fixture.input(1)?.text, rules: rules), expected), .ordinary)
        case "editOrder":
            let new = try order(OrderWish(order: fixture, skipping: 1, rules: rules), expected)
            _ = try await exchange.replace(reference(fixture, symbolAt: 1), with: new, .ordinary)
        case "cancelOrder": _ = try await exchange.cancel(reference(fixture, symbolAt: 1), .ordinary)
        case "cancelAllOrders": _ = try await exchange.cancelAll(symbol(fixture, 0), .ordinary)
        case "fetchOrder", "fetchOpenOrder": _ = try await exchange.order(reference(fixture, symbolAt: 1))
        case "fetchOpenOrders": _ = try await exchange.openOrders(fixture.input(0)?.text.flatMap { Symbol($0) })
        case "fetchOrders", "fetchClosedOrders", "fetchCanceledOrders":
            // Of those that have ended the recorder asks for all and counts for itself.
            let limit = fixture.method == "fetchOrders" ? count(fixture.input(2)) : nil
            _ = try await exchange.orders(
                symbol(fixture, 0), since: moment(fixture.input(1)), until: moment(fixture.parameters["until"]), limit: limit)
        case "fetchMyTrades", "fetchOrderTrades": try await askTrades(fixture, exchange)
        case "fetchBalance": _ = try await exchange.account()
        case "fetchTradingFee": _ = try await exchange.fees(symbol(fixture, 0))
        case "fetchTime": _ = try await exchange.measureClock()
        default: try await askPrices(fixture, transport)
        }
    }

    private func askTrades(_ fixture: Fixture, _ exchange: BinanceExchange) async throws {
        let isOfOrder = fixture.method == "fetchOrderTrades"
        let symbol = try symbol(fixture, isOfOrder ? 1 : 0)
        let order = (isOfOrder ? fixture.input(0) : fixture.parameters["orderId"])?.text.flatMap { VenueOrderId($0) }
        let call = Call.trades(
            symbol, of: order, since: moment(fixture.input(isOfOrder ? 2 : 1)), until: moment(fixture.parameters["until"]),
            limit: count(fixture.input(isOfOrder ? 3 : 2)))
        _ = try await exchange.fills(call, symbol, of: order)
    }

    private func askPrices(_ fixture: Fixture, _ transport: RecordingTransport) async throws {
        let symbols = ((try? fixture.input(0)?.array) ?? []).compactMap { $0.text.flatMap { Symbol($0) } }
        switch fixture.method {
        case "fetchOHLCV":
            let since = moment(fixture.input(2)), until = moment(fixture.parameters["until"])
            // The recorder's own page sizes.
            let limit = count(fixture.input(3)) ?? (since != nil && until != nil ? 1_000 : 500)
            let interval = fixture.input(1)?.text ?? "1m"
            _ = try await client(transport).get(.candles(symbol(fixture, 0), interval: interval, from: since, to: until, limit: min(limit, 1_000)))
        case "fetchOrderBook": _ = try await client(transport).get(.book(symbol(fixture, 0), levels: count(fixture.input(1))))
        case "fetchTicker": _ = try await feed(transport).ticker(of: symbol(fixture, 0))
        case "fetchTickers":
            if symbols.isEmpty { _ = try await client(transport).get(.tickers) } else { _ = try await feed(transport).tickers(of: symbols) }
        case "fetchBidsAsks": _ = try await feed(transport).bestPrices(of: symbols)
        default: Issue.record("no call for \(fixture.method)")
        }
    }

    // MARK: Arguments

    /// The id is the caller's own, or the one in the recorded request.
    private func order(_ wish: OrderWish, _ expected: FixtureRequest) throws -> OrderRequest {
        let id = try #require(wish.clientId ?? expected["newClientOrderId"].flatMap { ClientOrderId($0) })
        return OrderRequest(id: id, symbol: wish.symbol, side: wish.side, kind: wish.kind)
    }

    func symbol(_ fixture: Fixture, _ index: Int) throws -> Symbol { try #require(fixture.input(index)?.text.flatMap { Symbol($0) }) }

    func reference(_ fixture: Fixture, symbolAt index: Int) throws -> OrderReference {
        let named = fixture.parameters
        let own = (named["clientOrderId"] ?? named["origClientOrderId"])?.text.flatMap { ClientOrderId($0) }
        let symbol = try symbol(fixture, index)
        if let own { return OrderReference(symbol, .client(own)) }
        return OrderReference(symbol, .venue(try #require(fixture.input(0)?.text.flatMap { VenueOrderId($0) })))
    }

    private func moment(_ node: JSONNode?) -> Timestamp? { node?.integer.map { Timestamp(milliseconds: $0) } }
    private func count(_ node: JSONNode?) -> Int? { node?.integer.map { Int($0) } }
}
