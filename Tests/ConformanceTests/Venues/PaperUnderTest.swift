// Paper: the real paper exchange over candles the test sets.
import Kernel
import Market
import Ports
import TestSupport
import Trading
import VenuePaper

extension RegisteredVenue {
    static let paper = RegisteredVenue(
        name: "paper", capabilities: PaperUnderTest().paper.capabilities, arranges: [.price, .answerLost],
        plays: PaperUnderTest.plays
    ) { PaperUnderTest() }
}

struct PaperUnderTest: VenueUnderTest {
    static let plays: Set<String> = ["C105", "C106", "C110", "C112", "C113", "C206", "C301", "C308", "C601", "C602", "CA01", "CA02"]
    private static let opening: [Currency: FixedDecimal] = [usual.symbol.quote: FixedDecimal(100_000), usual.symbol.base: FixedDecimal(1)]
    private static let usual = Terms(symbol: Symbol("BTC/USDT")!, price: Price("60000")!, quantity: Quantity("0.01")!, tick: "0.01", lot: "0.00001")

    let clock = FakeClock()
    let terms = Self.usual
    let paper: PaperVenue
    private let market: FakeMarket
    private let execution: FakeExecutionClient
    var exchange: any Exchange { paper }
    /// Nothing leaves for anywhere.
    let requests = 0

    init() {
        let instrument = Instrument(symbol: terms.symbol, tickSize: terms.tick, lotStep: terms.lot, minNotional: FixedDecimal(5))!
        let costs = FillCosts(fee: "0.001", slippage: "0.0005")
        market = FakeMarket([instrument], at: terms.price)
        execution = FakeExecutionClient(PaperExchange(market: market, costs: costs))
        let rules = InstrumentRules(
            symbol: terms.symbol, orderTypes: [.market], orderLists: [], price: InstrumentRules.Range(minimum: terms.tick, step: terms.tick),
            lot: InstrumentRules.Range(minimum: terms.lot, step: terms.lot), notional: InstrumentRules.NotionalRule(minimum: instrument.minNotional))
        paper = PaperVenue(execution, market: market, rules: rules, costs: costs, balances: Self.opening, clock: clock)
    }

    func arrange(_ circumstance: Circumstance) async throws {
        switch circumstance {
        case .price(let price):
            market.move(terms.symbol, to: price, at: clock.now)
            // The candle has to close.
            clock.advance(by: .minutes(2))
        case .answerLost(.submit):
            execution.onSubmit { [execution] _ in
                execution.onSubmit(nil)
                return .unknown("the answer was lost")
            }
        case .passing(let span): clock.advance(by: span)
        default: throw ArrangementFailure()
        }
    }

    /// Counted again from the paper exchange's own answers: sending and asking are the same question.
    func books() async throws -> VenueBooks {
        var counted = Self.opening, isSound = true
        for (order, booked) in paper.orders {
            guard case .filled(let fill) = await execution.query(order) else { isSound = false; continue }
            if let booked { isSound = isSound && booked == fill } else { continue }
            let notional = fill.quantity.value.times(fill.price.value, rounding: .down), sign = FixedDecimal(fill.side == .buy ? 1 : -1)
            counted[fill.symbol.base, default: .zero] =
                counted[fill.symbol.base, default: .zero] + sign.times(fill.quantity.value, rounding: .nearest)
            counted[fill.symbol.quote, default: .zero] = counted[fill.symbol.quote, default: .zero] - sign.times(notional, rounding: .nearest)
            counted[fill.fee.currency, default: .zero] = counted[fill.fee.currency, default: .zero] - fill.fee.amount
        }
        return VenueBooks(
            isSound: isSound && counted == paper.balances, free: counted, locked: [:],
            orders: paper.orders.map {
                VenueBooks.Order(clientId: $0.order.id, isOpen: false, executed: $0.fill?.quantity ?? .zero)
            })
    }

    func stop() async {}
}
