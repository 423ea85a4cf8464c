// Two engines on one SQLite file and one venue with a memory: one is held at every crossing of a port, for five seconds and
// for two minutes of told time, while the other steps. What the venue has and what the journal says are held against each
// other afterwards, by nothing that the engine shares.
import Engine
import Events
import Foundation
import Kernel
import Market
import Ports
import Store
import Synchronization
import TestSupport
import Testing
import Trading

@Suite("Two engines, one account")
struct OwnershipTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let scene: Scene
        let seconds: Int
        var testDescription: String { "\(scene), held for \(seconds) s" }
    }
    enum Scene: Sendable, CaseIterable { case entries, exits, entriesBesideTheCycle }

    static let cases = Scene.allCases.flatMap { scene in [5, 120].map { Case(scene: scene, seconds: $0) } }

    @Test("whoever is held wherever: nothing is both bought and denied, nothing doubled, no fill lost", arguments: cases)
    func everyCrossing(_ test: Case) async throws {
        var crossings = 0
        repeat {
            crossings += 1
            let life = try await TwoLives(test.scene)
            try await life.run(heldAt: crossings, for: test.seconds)
            #expect(try life.faults() == [], "held at crossing \(crossings), \(life.heldAt ?? "not held")")
            if life.heldAt == nil { break }
        } while crossings < 200
        #expect((4..<200).contains(crossings), "\(crossings) crossings")
    }

    @Test("the rule before, by which whoever asks may end an order that the venue does not know yet, buys and denies at once")
    func oldRule() async throws {
        var found: [String] = [], crossings = 0
        repeat {
            crossings += 1
            let life = try await TwoLives(.entries, endsWhatIsNotThere: true)
            try await life.run(heldAt: crossings, for: 5)
            found += try life.faults()
            if life.heldAt == nil { break }
        } while crossings < 200
        #expect(found.contains { $0.contains("ended and filled") }, "\(found)")
    }
}

/// One account with a venue, and two processes that look after it.
private final class TwoLives: Sendable {
    private let world: EngineWorld
    private let venue: FakeVenue
    private let folder: String
    private let first: SQLiteJournal
    private let second: SQLiteJournal
    private let scene: OwnershipTests.Scene
    private let endsWhatIsNotThere: Bool
    private let state = Mutex((left: 0, seconds: 0, heldAt: String?.none))

    /// - Parameter endsWhatIsNotThere: as it was once: an order that the venue does not know is ended by whoever asks.
    init(_ scene: OwnershipTests.Scene, endsWhatIsNotThere: Bool = false) async throws {
        (self.scene, self.endsWhatIsNotThere) = (scene, endsWhatIsNotThere)
        world = try EngineWorld()
        venue = FakeVenue(world.market, clock: world.clock, balances: [.usdt: "1000"])
        folder = FileManager.default.temporaryDirectory.path + "/carillon-two-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        first = try SQLiteJournal(path: folder + "/journal.sqlite")
        second = try SQLiteJournal(path: folder + "/journal.sqlite")
        try Opening.open(
            first, as: JournalOpened(world: "fake", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt), at: fourteen)
        world.buys(aaa, bbb)
        if scene == .exits {
            _ = try await HourlyCycle(parts(second, held: false)).run(CycleId(hour: fourteen))
            world.clock.advance(by: .minutes(1))
            for symbol in [aaa, bbb] { world.move(symbol, to: "90") }
            world.clock.advance(by: .minutes(2))
        }
    }

    deinit { Files.remove(folder) }

    var heldAt: String? { state.withLock { $0.heldAt } }

    /// The first process works; at its `crossing`th step to the outside it stands still, time passes, and the second works.
    func run(heldAt crossing: Int, for seconds: Int) async throws {
        state.withLock { $0 = (crossing, seconds, nil) }
        let held = parts(first, held: true)
        switch scene {
        case .entries, .entriesBesideTheCycle: _ = try await HourlyCycle(held).run(CycleId(hour: fourteen))
        case .exits: _ = try await MinuteMonitor(held).step()
        }
        for _ in 0..<4 {
            world.clock.advance(by: .minutes(1))
            _ = try await MinuteMonitor(parts(second, held: false)).step()
        }
    }

    private func cross(_ where: String) async {
        let seconds = state.withLock { state -> Int? in
            state.left -= 1
            guard state.left == 0 else { return nil }
            state.heldAt = `where`
            return state.seconds
        }
        guard let seconds else { return }
        world.clock.advance(by: .seconds(seconds))
        do {
            if scene == .entriesBesideTheCycle { _ = try await HourlyCycle(parts(second, held: false)).run(CycleId(hour: fourteen)) }
            _ = try await MinuteMonitor(parts(second, held: false)).step()
        } catch {
            Issue.record(error)
        }
    }

    private func parts(_ journal: SQLiteJournal, held: Bool) -> Parts {
        let exchange = FakeExchange(venue, journal)
        exchange.onSubmit { [self] order in
            if held { await cross("submit of \(order.id)") }
            let answer: FakeExchange.Says
            do throws(ExchangeError) { answer = .found(try await venue.submit(order.request, .ordinary)) } catch {
                answer = error.leavesOutcomeOpen ? .unknown("\(error)") : .rejected("\(error)")
            }
            if held { await cross("answer to \(order.id)") }
            return answer
        }
        exchange.onQuery { [self] order in
            if held { await cross("question about \(order.id)") }
            let answer = await exchange.truth(order)
            if held { await cross("answer about \(order.id)") }
            return endsWhatIsNotThere && answer == .absent ? .rejected("never reached the venue") : answer
        }
        let parts = world.parts
        return Parts(
            settings: parts.settings, journal: journal, market: held ? HeldMarket(world.market) { [self] in await cross($0) } : world.market,
            exchange: exchange, clock: world.clock, observer: parts.observer, panel: parts.panel, hash: parts.hash,
            compress: parts.compress, killSwitch: { nil }, versions: parts.versions)
    }

    /// What the venue has and the journal does not say, or says otherwise.
    func faults() throws -> [String] {
        let entries = try first.events(.orderChanged), book = try second.book()
        var faults: [String] = [], filled: [String: Quantity] = [:], ids: Set<String> = [], endings: Set<String> = []
        for case .orderChanged(let changed) in entries.map(\.event) {
            if let fill = changed.fill {
                filled[changed.order.text, default: .zero] = (filled[changed.order.text] ?? .zero) + fill.quantity
                if !ids.insert(fill.id).inserted { faults.append("fill \(fill.id) counted twice") }
            } else if [.confirmAbsent, .deny, .reject].contains(changed.event) {
                endings.insert(changed.order.text)
            }
        }
        for order in venue.orders {
            let id = order.clientId?.text ?? "?"
            if filled[id] ?? .zero != order.executedQuantity {
                faults.append("\(id): \(order.executedQuantity) executed, \(filled[id] ?? .zero) booked")
            }
            if endings.contains(id), !order.executedQuantity.isZero { faults.append("\(id) ended and filled") }
        }
        for (side, symbols) in Dictionary(grouping: venue.orders, by: \.side).mapValues({ $0.map(\.symbol) }) {
            if Set(symbols).count != symbols.count { faults.append("two orders to \(side.map { "\($0)" } ?? "?") one instrument") }
        }
        for (currency, amount) in venue.balances
        where book.main.ledger.balance(.assets, currency) + book.main.ledger.balance(.dust, currency) != amount {
            faults.append("\(currency): \(amount) at the venue, \(book.main.ledger.balance(.assets, currency)) in the ledger")
        }
        for symbol in [aaa, bbb] where book.main.position(symbol)?.holding == nil && !book.main.ledger.balance(.assets, symbol.base).isZero {
            faults.append("\(symbol) is held by nobody")
        }
        if scene == .exits, !book.main.positions.isEmpty { faults.append("\(book.main.positions.keys.sorted()) not sold") }
        if !venue.sentAgain.isEmpty { faults.append("\(venue.sentAgain) sent twice") }
        if state.withLock({ $0.seconds }) == 5, !book.main.breakers.isEmpty { faults.append("a false alarm: \(book.main.breakers)") }
        if !book.main.unresolvedOrders.isEmpty { faults.append("\(book.main.unresolvedOrders.map(\.id)) never ended") }
        return faults
    }
}

/// A market whose every answer is a crossing.
struct HeldMarket: MarketFeed {
    let market: FakeMarket
    let cross: @Sendable (String) async -> Void
    init(_ market: FakeMarket, _ cross: @escaping @Sendable (String) async -> Void) { (self.market, self.cross) = (market, cross) }

    var name: String { market.name }
    var hasQuotes: Bool { market.hasQuotes }
    func finestTimeframe(of symbol: Symbol, at time: Timestamp) async -> Timeframe { await market.finestTimeframe(of: symbol, at: time) }
    func instruments(at time: Timestamp) async throws(FeedError) -> [Instrument] { try await market.instruments(at: time) }
    func tickers(at time: Timestamp) async throws(FeedError) -> [Ticker] { try await market.tickers(at: time) }
    func quote(of symbol: Symbol) async throws(FeedError) -> Quote? { try await market.quote(of: symbol) }
    func candles(_ symbol: Symbol, _ timeframe: Timeframe, from start: Timestamp, to end: Timestamp, limit: Int) async throws(FeedError) -> [Candle] {
        await cross("candles of \(symbol)")
        return try await market.candles(symbol, timeframe, from: start, to: end, limit: limit)
    }
}
