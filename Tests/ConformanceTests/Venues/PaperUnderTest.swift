// Paper: the real paper exchange over candles the test sets.
import Events
import Kernel
import Market
import Ports
import TestSupport
import Trading

extension RegisteredVenue {
    static let paper = RegisteredVenue(
        name: "paper", capabilities: PaperUnderTest().paper.capabilities, arranges: [.price, .answerLost],
        plays: PaperUnderTest.plays
    ) { PaperUnderTest() }
}

struct PaperUnderTest: VenueUnderTest {
    static let plays: Set<String> = ["C105", "C106", "C110", "C112", "C113", "C206", "C301", "C308", "C601", "C602", "CA01", "CA02"]
    private static let opening = [Money("100000", .usdt), Money("1", usual.symbol.base)]
    private static let usual = Terms(symbol: Symbol("BTC/USDT")!, price: Price("60000")!, quantity: Quantity("0.01")!, tick: "0.01", lot: "0.00001")

    let clock = FakeClock()
    let terms = Self.usual
    let paper: PaperVenue
    private let market: FakeMarket
    var exchange: any Exchange { paper }
    /// Nothing leaves for anywhere.
    let requests = 0

    init() {
        let instrument = Instrument(symbol: terms.symbol, tickSize: terms.tick, lotStep: terms.lot, minNotional: FixedDecimal(5))!
        market = FakeMarket([instrument], at: terms.price)
        do {
            paper = try PaperVenue(market: market, costs: FillCosts(fee: "0.001", slippage: "0.0005"), balances: Self.opening, clock: clock)
        } catch {
            preconditionFailure("a journal in memory begins: \(error)")
        }
    }

    func arrange(_ circumstance: Circumstance) async throws {
        switch circumstance {
        case .price(let price):
            market.move(terms.symbol, to: price, at: clock.now)
            // The candle has to close.
            clock.advance(by: .minutes(2))
        case .answerLost(.submit): paper.loseAnswer()
        case .passing(let span): clock.advance(by: span)
        default: throw ArrangementFailure()
        }
    }

    /// Counted again from the exchange's own executions, and held against the journal's ledger.
    func books() async throws -> VenueBooks {
        let book = try paper.journal.book(), listed = try await paper.fills(terms.symbol, of: nil, since: nil)
        var counted = Dictionary(Self.opening.map { ($0.currency, $0.amount) }, uniquingKeysWith: +)
        let orders = book.main.knownOrders.filter { $0.status != .rejected }
        let booked = Set(book.main.executed.values.flatMap(\.fills))
        for fill in listed where booked.contains(fill.id) {
            for currency in [fill.symbol.base, fill.symbol.quote] { counted[currency, default: .zero] += fill.effect(on: currency) }
        }
        let free = Dictionary(book.main.ledger.holdings.map { ($0.asset, $0.amount) }, uniquingKeysWith: +)
        return VenueBooks(
            isSound: counted == free, free: free, locked: [:],
            orders: orders.map { VenueBooks.Order(clientId: $0.id, isOpen: false, executed: $0.filled) })
    }

    func stop() async {}
}
