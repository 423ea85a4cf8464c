// Binance: its adapter over real loopback HTTP against the project's own exchange server, steered from inside.
import HTTPClient
import Kernel
import Market
import Matching
import Ports
import TestSupport
import Testing
import Trading
import VenueBinance

@testable import ExchangeServer

extension RegisteredVenue {
    static let binance = RegisteredVenue(
        name: "binance", capabilities: BinanceUnderTest.exchange("http://127.0.0.1:1", CurlTransport(version: "test"), FakeClock())!.capabilities,
        arranges: Set(Circumstance.Kind.allCases), plays: nil
    ) { try await BinanceUnderTest() }
}

struct BinanceUnderTest: VenueUnderTest {
    static let key = "test-api-key-0001", secret = "test-secret-0002"
    private static let market = Symbol("BTC/USDT")!, feeCoin = Currency("BNB")!

    let clock: FakeClock
    let exchange: any Exchange
    let terms = Terms(symbol: market, price: Price("60000")!, quantity: Quantity("0.01")!, tick: "0.01", lot: "0.00001")
    let server: RunningExchange
    let transport = HookedTransport(CurlTransport(version: "test", connectTimeout: .minutes(5)))
    var requests: Int { transport.count }
    var venue: BinanceVenue { server.venue }

    init() async throws {
        clock = FakeClock(Timestamp(milliseconds: 1_767_621_660_000))
        var settings = VenueSettings(
            key: ExchangeServer.BinanceKey(key: Self.key, secret: Secret(Self.secret)),
            balances: [Self.market.quote: FixedDecimal(100_000), Self.market.base: FixedDecimal(1), Self.feeCoin: .zero])
        // Without any of it fees are taken from what was received.
        settings.feesIn = .third(Self.feeCoin, prices: [Self.market.quote: Price("600")!])
        server = try await RunningExchange(BinanceVenue(Self.still(terms), settings, clock: clock), patience: 300)
        guard let made = Self.exchange(server.url, transport, clock) else { throw ServerFailure.cannotListen(port: 0) }
        exchange = made
        venue.setPrice(terms.symbol, terms.price)
    }

    static func exchange(_ url: String, _ transport: any HTTPTransport, _ clock: FakeClock) -> BinanceExchange? {
        BinanceHost.loopback(url).map {
            BinanceExchange(
                host: $0, key: VenueBinance.BinanceKey(name: Secret(key), secret: Secret(secret)), transport: transport,
                limits: BinanceLimits(clock: clock), clock: clock, timeout: .minutes(5))
        }
    }

    /// One price for ever, a hundred coins a minute.
    private static func still(_ terms: Terms) -> MarketHistory {
        let instrument = Instrument(symbol: terms.symbol, tickSize: terms.tick, lotStep: terms.lot, minNotional: FixedDecimal(5))!
        let price = terms.price
        return MarketHistory(name: "still", rules: [.usual(instrument)], step: .m1) { _, timeframe, from, to, limit in
            let step = timeframe.duration, end = to.floored(to: step)
            var open = from.floored(to: step), candles: [Candle] = []
            while open + step <= end, candles.count < min(limit, 2_000) {
                if open >= from, let candle = Candle(openTime: open, open: price, high: price, low: price, close: price, volume: Quantity("100")!) {
                    candles.append(candle)
                }
                open = open + step
            }
            return candles
        }
    }

    func books() async throws -> VenueBooks {
        let audit = venue.audit
        func amounts(_ amount: (VenueAudit.Balance) -> FixedDecimal) -> [Currency: FixedDecimal] {
            Dictionary(audit.holdings.map { ($0.currency, amount($0)) }) { first, _ in first }
        }
        return VenueBooks(
            isSound: audit.isSound, free: amounts(\.free), locked: amounts(\.locked),
            orders: audit.orders.map {
                VenueBooks.Order(clientId: $0.clientId, isOpen: !$0.status.isFinal, executed: $0.executed)
            })
    }

    func stop() async { await server.stop() }
}
