// The venue that the engine's own tests trade on: it has to be as true as the others, or those tests prove nothing.
import Kernel
import Market
import Ports
import TestSupport
import Trading

extension RegisteredVenue {
    static let fake = RegisteredVenue(
        name: "fake", capabilities: FakeUnderTest().venue.capabilities, arranges: [.price], plays: FakeUnderTest.plays
    ) { FakeUnderTest() }
}

struct FakeUnderTest: VenueUnderTest {
    static let plays: Set<String> = ["C105", "C106", "C110", "C112", "C113", "C206", "C308", "C601", "C602", "CA01", "CA02"]
    private static let opening: [Currency: FixedDecimal] = [.usdt: "100000", usual.symbol.base: "1"]
    private static let usual = Terms(symbol: Symbol("BTC/USDT")!, price: Price("60000")!, quantity: Quantity("0.01")!, tick: "0.01", lot: "0.00001")

    let clock = FakeClock()
    let terms = Self.usual
    let venue: FakeVenue
    private let market: FakeMarket
    var exchange: any Exchange { venue }
    let requests = 0

    init() {
        let instrument = Instrument(symbol: terms.symbol, tickSize: terms.tick, lotStep: terms.lot, minNotional: FixedDecimal(5))!
        market = FakeMarket([instrument], at: terms.price)
        venue = FakeVenue(market, clock: clock, balances: Self.opening)
    }

    func arrange(_ circumstance: Circumstance) async throws {
        switch circumstance {
        case .price(let price):
            market.move(terms.symbol, to: price, at: clock.now)
            clock.advance(by: .minutes(2))
        case .passing(let span): clock.advance(by: span)
        default: throw ArrangementFailure()
        }
    }

    /// Counted again from the executions.
    func books() async throws -> VenueBooks {
        var counted = Self.opening
        for fill in venue.orders.flatMap(\.trades) {
            for currency in Set([fill.symbol.base, fill.symbol.quote, fill.fee.currency]) {
                counted[currency, default: .zero] += fill.effect(on: currency)
            }
        }
        return VenueBooks(
            isSound: counted == venue.balances, free: venue.balances, locked: [:],
            orders: venue.orders.map { VenueBooks.Order(clientId: $0.clientId!, isOpen: !$0.status.isFinal, executed: $0.executedQuantity) })
    }

    func stop() async {}
}
