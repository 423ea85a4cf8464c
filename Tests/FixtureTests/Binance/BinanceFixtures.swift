// Binance's recorded exchanges: the adapter with the documented key, clock and receive window, over a transport
// that only records. The live host is asked for here because nothing can leave the machine.
import Kernel
import Ports
import StrictJSON
import TestSupport
import Trading

@testable import VenueBinance

struct BinanceFixtures: VenueFixtures {
    static let secret = "test-secret-0002"
    /// The instruments of the file's own list.
    let rules: [InstrumentRules]

    init() {
        let fixtures = FixtureFolder.fixtures(of: "binance") + FixtureFolder.fixtures(of: "binance", in: FixtureFolder.reference)
        let list = fixtures.first { $0.kind == .response && $0.method == "fetchMarkets" }
        rules = list.flatMap { try? RuleReading.read(JSONField(body: $0.body)) } ?? []
    }

    func exchange(_ transport: any HTTPTransport, limits: BinanceLimits? = nil) -> BinanceExchange {
        let clock = FakeClock(Timestamp(milliseconds: 1_700_000_000_000))
        return BinanceExchange(
            host: .live(takesChanges: true), key: BinanceKey(name: Secret("test-api-key-0001"), secret: Secret(Self.secret)), transport: transport,
            limits: limits ?? BinanceLimits(clock: clock), clock: clock, receiveWindow: .seconds(10))
    }
    func client(_ transport: any HTTPTransport) -> PriceClient {
        let clock = FakeClock(Timestamp(milliseconds: 1_700_000_000_000))
        return PriceClient(
            source: "binance", baseURL: "https://api.binance.com", transport: transport, limits: BinanceLimits(clock: clock), clock: clock)
    }
    func feed(_ transport: any HTTPTransport) -> BinanceMarketFeed {
        let clock = FakeClock(Timestamp(milliseconds: 1_700_000_000_000))
        return BinanceMarketFeed(baseURL: "https://api.binance.com", transport: transport, limits: BinanceLimits(clock: clock), clock: clock)
    }

    func notOurs(_ fixture: Fixture) -> String? {
        switch fixture.kind {
        case .request: reasonNotOurs(request: fixture)
        case .response: reasonNotOurs(answer: fixture)
        case .error: nil
        }
    }

    func check(_ fixture: Fixture) async throws {
        switch fixture.kind {
        case .request: try await check(request: fixture)
        case .response: try await check(answer: fixture)
        case .error: try await check(error: fixture)
        }
    }
}
