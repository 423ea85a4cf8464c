// A whole small world for one test: a clock that stands still, a market that is steered, paper money,
// and a panel that says what it is told.
import Analysis
import Engine
import Events
import Kernel
import Market
import Messaging
import Ports
import Risk
import Settings
import Strategies
import Synchronization
import TestSupport
import Trading
import VenuePaper

let aaa = Symbol("AAA/USDT")!, bbb = Symbol("BBB/USDT")!, ccc = Symbol("CCC/USDT")!, ddd = Symbol("DDD/USDT")!
/// 2026-01-05T14:00:00Z.
let fourteen = Timestamp(milliseconds: 1_767_621_600_000)

func price(_ text: String) -> Price { Price(text)! }

final class EngineWorld: Sendable {
    typealias Opinions = @Sendable (MarketSnapshot) async -> [Opinion]
    struct Dials {
        var killSwitch: String?
        var isDown = false
        var offered = [aaa, bbb, ccc, ddd]
        /// Instruments with the same number move alike.
        var course: [Symbol: UInt64] = [aaa: 1, bbb: 2, ccc: 3, ddd: 4]
        var opinions: Opinions = { _ in [] }
    }
    let clock = FakeClock(fourteen)
    let journal = MemoryJournal()
    let market: FakeMarket
    let exchange: FakeExchange
    let settings: CarillonSettings
    let instances: [StrategyInstance]
    let unusable: [String]
    let dials = Mutex(Dials())
    static let identity = JournalOpened(world: "fake", start: nil, mode: "paper", quote: .usdt)
    /// What its orders' ids begin with.
    static let epoch = AccountOpened(paperOf: identity, at: fourteen).epoch
    static let seats = [PanelSeat(name: "trend", role: .voter), PanelSeat(name: "momentum", role: .voter), PanelSeat(name: "guard", role: .guardian)]

    init(
        deposit: FixedDecimal = "1000", instances: [StrategyInstance] = [], unusable: [String] = [],
        _ change: (inout CarillonSettings) -> Void = { _ in },
        venue: ((FakeMarket, FakeClock) -> any Exchange)? = nil
    ) throws {
        var settings = CarillonSettings.default
        change(&settings)
        self.settings = settings
        self.instances = instances
        self.unusable = unusable
        let instruments = [aaa, bbb, ccc, ddd].map { Instrument(symbol: $0, tickSize: "0.01", lotStep: "0.001", minNotional: "10")! }
        market = FakeMarket(instruments, at: price("100"))
        let costs = FillCosts(fee: settings.fills.fee, slippage: settings.fills.slippage)
        exchange = FakeExchange(venue?(market, clock) ?? PaperExchange(market: market, costs: costs, journal: journal), journal)
        try Opening.open(
            journal, as: Self.identity, deposit: Money(deposit, .usdt), at: fourteen)
    }

    var parts: Parts {
        Parts(
            settings: settings, journal: journal, market: market, exchange: exchange, clock: clock, observer: Observer(world: self),
            panel: TalkingPanel(world: self), instances: instances, unusable: unusable,
            hash: { "\($0.count):\($0.reduce(0) { ($0 &* 31) &+ Int($1) })" },
            compress: { $0 }, killSwitch: { [self] in dials.withLock { $0.killSwitch } },
            versions: Versions(code: "test", settingsHash: "s", riskHash: "r", promptSetHash: "p"))
    }

    func set(_ change: (inout Dials) -> Void) { dials.withLock { change(&$0) } }
    /// The panel buys these at 0.9, and holds the rest.
    func buys(_ symbols: Symbol..., then: @escaping @Sendable () async -> Void = {}) {
        set {
            $0.opinions = { snapshot in
                await then()
                return snapshot.offered.flatMap { symbols.contains($0) ? Self.agreement($0) : [] }
            }
        }
    }
    static func agreement(_ symbol: Symbol, conviction: Ratio = "0.9") -> [Opinion] {
        seats.map { Opinion(analyst: $0.name, role: $0.role, family: "test", symbol: symbol, action: .buy, conviction: conviction, reason: "") }
    }

    // MARK: What is done

    @discardableResult
    func cycle(_ hour: Timestamp? = nil) async throws -> HourlyCycle.Outcome {
        try await HourlyCycle(parts).run(CycleId(hour: hour ?? clock.now.floored(to: .hours(1))))
    }
    @discardableResult
    func step() async throws -> MinuteMonitor.Outcome { try await MinuteMonitor(parts).step() }
    /// Lets so many minutes pass with the monitor stepping in each of them.
    func minutes(_ count: Int) async throws {
        for _ in 0..<count {
            clock.advance(by: .minutes(1))
            try await step()
        }
    }
    func move(_ symbol: Symbol, to text: String) { market.move(symbol, to: price(text), at: clock.now) }

    // MARK: What is found

    var book: Book { get throws { try journal.book() } }
    func position(_ symbol: Symbol) throws -> Position? { try book.main.position(symbol) }
    var reviews: [Review] {
        journal.events.flatMap { event -> [Review] in if case .decided(let decided) = event { decided.reviews } else { [] } }
    }
    var refusals: [Symbol: String] {
        Dictionary(reviews.compactMap { review in review.refusalWords.map { (review.symbol, $0) } }, uniquingKeysWith: { _, newer in newer })
    }
    var closedTrades: [TradeClosed] { journal.events.compactMap { if case .tradeClosed(let closed) = $0 { closed } else { nil } } }
    var messages: [MessageKind] { journal.events.compactMap { if case .messageQueued(let message) = $0 { message.kind } else { nil } } }
    var summaries: [String] {
        journal.events.compactMap { if case .messageQueued(let message) = $0, message.kind.isSummary { message.plain } else { nil } }
    }
    /// All accounts of every asset sum to zero, by the postings themselves.
    var isBalanced: Bool {
        get throws {
            let ledger = try book.main.ledger
            return [Currency.usdt, aaa.base, bbb.base, ccc.base, ddd.base].allSatisfy { asset in
                LedgerAccount.allCases.reduce(FixedDecimal.zero) { $0 + ledger.balance($1, asset) }.isZero
            }
        }
    }

    // MARK: Its parts

    private struct Observer: MarketObserver {
        let world: EngineWorld
        func observe(at time: Timestamp, held: [Symbol]) async throws(FeedError) -> MarketSnapshot {
            let dials = world.dials.withLock { $0 }
            if dials.isDown { throw FeedError(.unreachable, source: "fake market", "down") }
            let instruments = try await world.market.instruments(at: time)
            var views: [InstrumentView] = []
            for instrument in instruments where dials.offered.contains(instrument.symbol) {
                guard let last = world.market.price(instrument.symbol, at: time),
                    let candles = await candles(of: instrument.symbol, dials, time)
                else { continue }
                views.append(
                    InstrumentView(
                        instrument: instrument, ticker: Ticker(symbol: instrument.symbol, time: time, last: last, quoteVolume: "50000000"),
                        candles: candles))
            }
            let marks = held.filter { !dials.offered.contains($0) }.map { ($0, world.market.price($0, at: time)) }
            return MarketSnapshot(
                asOf: time, views: views, universe: [], sources: [],
                heldMarks: Dictionary(uniqueKeysWithValues: marks.compactMap { symbol, price in price.map { (symbol, $0) } }),
                listed: Dictionary(uniqueKeysWithValues: instruments.map { ($0.symbol, $0) }))
        }

        /// What strategies judge is the market's own; a panel gets a walk that does not hang on it.
        private func candles(of symbol: Symbol, _ dials: Dials, _ time: Timestamp) async -> [Candle]? {
            guard !world.instances.isEmpty else { return History.candles(course: dials.course[symbol] ?? 0, until: time) }
            return try? await world.market.candles(symbol, .h1, from: time - .hours(221), to: time, limit: 220)
        }
    }

    private struct TalkingPanel: Panel {
        let world: EngineWorld
        let name = "test"
        var seats: [PanelSeat] { EngineWorld.seats }
        func opinions(on snapshot: MarketSnapshot, cycle: CycleId) async -> [Opinion] { await world.dials.withLock { $0.opinions }(snapshot) }
    }
}

/// 220 hours before a moment: a walk round 100 with an hourly range of about one.
enum History {
    static func candles(course: UInt64, until time: Timestamp) -> [Candle] {
        var chance = SplitMix64(seed: course)
        let last = time.floored(to: .hours(1))
        var cents = 10_000
        return (0..<220).compactMap { index in
            let open = cents
            cents = min(max(cents + chance.below(101) - 50, 9_500), 10_500)
            func price(_ cents: Int) -> Price { Price(FixedDecimal(cents).times("0.01", rounding: .nearest))! }
            return Candle(
                openTime: last - .hours(220 - index), open: price(open), high: price(max(open, cents) + 25), low: price(min(open, cents) - 25),
                close: price(cents), volume: .zero)
        }
    }
}
