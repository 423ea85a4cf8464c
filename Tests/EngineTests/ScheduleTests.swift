// Which hour is due: late is late, what was missed is written down, and only one hour is ever made up for.
import Analysis
import Engine
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import TestSupport
import Testing
import Trading

private func id(_ hour: Int) -> CycleId { CycleId(hour: fourteen + .hours(hour - 14)) }
private func at(_ hour: Int, _ minutes: Int = 0, _ milliseconds: Int64 = 0) -> Timestamp {
    fourteen + .hours(hour - 14) + .minutes(minutes) + TimeSpan(milliseconds: milliseconds)
}

@Suite("Which cycle is due")
struct ScheduleTests {
    private func due(_ now: Timestamp, _ last: CycleId?) -> Schedule.Due { Schedule.due(at: now, last: last, CycleSettings()) }

    @Test("the hour may start until ten minutes after, not a moment later", arguments: [(0, 0, true), (10, 0, true), (10, 1, false), (59, 0, false)])
    func window(_ minutes: Int, _ milliseconds: Int64, _ runs: Bool) {
        switch due(at(14, minutes, milliseconds), id(13)) {
        case .run(let cycle, let missed): #expect(runs && cycle == id(14) && missed == nil)
        case .late(let missed): #expect(!runs && missed.first == id(14) && missed.last == id(14) && missed.count == 1)
        case .alreadyDone: Issue.record("not done yet")
        }
    }

    @Test("three hours asleep: the missed ones are named, and one cycle runs")
    func F061_oneCatchUp() {
        guard case .run(let cycle, let missed?) = due(at(14, 5), id(10)) else {
            Issue.record("expected a run")
            return
        }
        #expect(cycle == id(14) && missed.first == id(11) && missed.last == id(13) && missed.count == 3)
        guard case .late(let all) = due(at(14, 30), id(10)) else {
            Issue.record("expected late")
            return
        }
        #expect(all.first == id(11) && all.last == id(14) && all.count == 4)
    }

    @Test("a closed hour is done, also where the clock stepped back over it")
    func F057_stepBack() {
        #expect(due(at(14, 5), id(14)) == .alreadyDone(id(14)))
        #expect(due(at(13, 59, 59_000), id(14)) == .alreadyDone(id(14)))
        #expect(due(at(9), id(14)) == .alreadyDone(id(14)))
    }

    @Test("a new journal begins whenever it is started")
    func first() {
        #expect(due(at(14, 45), nil) == .run(id(14), missed: nil))
    }
}

@Suite("By hand")
struct ByHandTests {
    @Test("a person sells one position or all, once, and it counts for no ladder outcome")
    func close() async throws {
        let world = try EngineWorld()
        world.buys(aaa, bbb)
        try await world.cycle()
        world.clock.advance(by: .minutes(2))
        #expect(try await ManualClose(world.parts).close(ddd).isEmpty)
        #expect(try await ManualClose(world.parts).close(aaa) == [aaa])
        #expect(world.closedTrades.map(\.exits) == [[.manual]] && world.closedTrades[0].outcome == nil)
        #expect(try await ManualClose(world.parts).close(aaa).isEmpty)
        #expect(try await ManualClose(world.parts).close(nil) == [bbb])
        #expect(try world.book.main.positions.isEmpty && world.isBalanced)
        #expect(try world.book.main.record.closed(of: "test") == 0 && world.book.main.stoppedOut.isEmpty)
    }

    @Test("what is being sold is not sold again by hand")
    func noDouble() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.exchange.onSubmit { _ in .unknown("lost") }
        world.clock.advance(by: .minutes(2))
        #expect(try await ManualClose(world.parts).close(aaa) == [aaa])
        #expect(try await ManualClose(world.parts).close(aaa).isEmpty)
        world.exchange.onSubmit(nil)
        try await world.minutes(1)
        #expect(world.closedTrades.count == 1)
    }

    @Test("a journal is opened once, and never as another world, mode or start")
    func identity() throws {
        let journal = MemoryJournal()
        func open(_ world: String, _ start: Timestamp?, _ mode: String = "paper") throws {
            try Opening.open(
                journal, as: JournalOpened(world: world, start: start, mode: mode, quote: .usdt), deposit: Money("1000", .usdt), at: fourteen)
        }
        try open("synthetic:7", fourteen)
        try open("synthetic:7", fourteen)
        let cash = try journal.book().main.cash
        #expect(journal.commits == 1 && cash == "1000")
        #expect(throws: JournalError.self) { try open("synthetic:8", fourteen) }
        #expect(throws: JournalError.self) { try open("synthetic:7", fourteen + .hours(1)) }
        #expect(throws: JournalError.self) { try open("synthetic:7", fourteen, "live") }
        #expect(journal.commits == 1)
    }

    @Test("a critical error stops entries once and is told each time")
    func critical() async throws {
        let world = try EngineWorld()
        for _ in 0..<2 {
            try world.journal.commit(at: world.clock.now) { Alerts.critical(.said("the disk is ill"), $0, at: world.clock.now) }
        }
        #expect(world.messages == [.critical, .critical])
        world.buys(aaa)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.refusals[aaa]?.contains("trading is paused (critical)") == true)
    }
}

@Suite("The look at the market")
struct MarketLookTests {
    private func look(_ world: EngineWorld) -> MarketLook {
        var settings = world.settings
        settings.universe.allowUnknown = DataFilter.allCases
        return MarketLook(
            LookSources(market: world.market, listedSince: { _, _ in nil }), fetching: DirectFetching(), clock: world.clock, settings: settings)
    }

    @Test("an instrument whose candles cannot be read sits out, the others are seen, and what is held keeps its price")
    func oneMissing() async throws {
        let world = try EngineWorld()
        world.market.blind(aaa)
        world.market.move(aaa, to: price("70"), at: fourteen - .minutes(1))
        let snapshot = try await look(world).observe(at: fourteen, held: [aaa, bbb])
        #expect(snapshot.offered == [bbb, ccc, ddd])
        #expect(snapshot.universe.first { $0.symbol == aaa }?.faults == [.unreadable(why: "timeout: no candles of AAA/USDT")])
        #expect(snapshot.marks[aaa] == price("70") && snapshot.marks[bbb] == price("100"))
    }

    @Test("where no instrument has candles the market is lost, and one of them says why")
    func allMissing() async throws {
        let world = try EngineWorld()
        for symbol in [aaa, bbb, ccc, ddd] { world.market.blind(symbol) }
        await #expect(throws: FeedError.self) { try await look(world).observe(at: fourteen, held: []) }
    }
}
