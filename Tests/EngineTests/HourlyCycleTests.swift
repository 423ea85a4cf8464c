// The hour from end to end with paper money: what it writes, in which order, and everything that keeps
// an entry from being made.
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

private func kind(_ event: JournalEvent) -> String { "\(event)".prefix { $0 != "(" }.description }

@Suite("The hourly cycle")
struct HourlyCycleTests {
    @Test("an agreed instrument is announced, sent, filled, protected and reported, in that order")
    func happyPath() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { [journal = world.journal, exchange = world.exchange] order in
            // What leaves the machine has been announced.
            let book = try? journal.book()
            #expect(book?.main.unresolvedOrders.map(\.id) == [order.id] && book?.main.unresolvedOrders.first?.status == .submitted)
            return await exchange.truth(order)
        }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(
            world.journal.events.map(kind) == [
                "journalOpened", "accountOpened", "cashMoved", "cycleOpened", "snapshotTaken", "tradingDayStarted", "opinionsGiven", "decided",
                "orderSubmitted",
                "orderChanged", "positionOpened", "messageQueued", "equityMarked", "cycleClosed", "messageQueued"
            ])
        #expect(world.messages == [.entry, .summary])
        let holding = try #require(try world.position(aaa)?.holding)
        #expect(holding.bracket.stop == price("97.1") && holding.entryPrice == price("100.1"))
        #expect(holding.bracket.quantity + holding.bracket.dust == holding.received)
        #expect(try world.book.openCycle == nil && world.book.lastCycle == CycleId(hour: fourteen))
        #expect(world.exchange.submitted == [ClientOrderId.entry(EngineWorld.epoch, TradeId(1))])
        let review = try #require(world.reviews.first)
        #expect(review.checks.count == 12 && review.checks.allSatisfy(\.passed) && review.sizing?.isProbe == true)
        #expect(try world.isBalanced)
    }

    @Test("the same hour in the same world is the same journal")
    func deterministic() async throws {
        func run() async throws -> [JournalEvent] {
            let world = try EngineWorld()
            world.buys(aaa, bbb, ccc, ddd)
            try await world.cycle()
            return world.journal.events
        }
        #expect(try await run() == run())
    }

    @Test("the first summary of a trading day names the journal's newest entry, and no other does")
    func dayMark() async throws {
        let world = try EngineWorld()
        for _ in 0..<35 {
            try await world.cycle()
            world.clock.advance(by: .hours(1))
        }
        let naming = world.summaries.indices.filter { world.summaries[$0].contains("Journal mark ") }
        // From 14:00 on: ten summaries on the first day, and twenty-four on the next.
        #expect(naming == [10, 34])
        #expect(world.summaries[10].contains(":memory"))
    }

    @Test("no agreement, no entry, and the hour is closed all the same")
    func nothingAgreed() async throws {
        let world = try EngineWorld()
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.exchange.submitted.isEmpty && world.messages == [.summary])
    }

    @Test("a panel that is down abstains: no entry, the cycle goes on, and the report says who")
    func F078_modelsDown() async throws {
        let world = try EngineWorld()
        world.set {
            $0.opinions = { snapshot in
                snapshot.offered.flatMap { symbol in
                    EngineWorld.seats.map { Opinion(abstaining: $0.name, role: $0.role, family: "test", symbol: symbol, because: "no connection") }
                }
            }
        }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.summaries.first?.contains("trend answered nothing: no connection") == true)
    }

    @Test("three at most, the best first, and one that is refused is not replaced")
    func notReplaced() async throws {
        let world = try EngineWorld()
        // The second moves like the first: three go to the gate, two are bought, the fourth is not asked.
        world.set { $0.course = [aaa: 1, bbb: 1, ccc: 3, ddd: 4] }
        world.buys(aaa, bbb, ccc, ddd)
        #expect(try await world.cycle() == .done(entries: 2))
        #expect(world.reviews.map(\.symbol) == [aaa, bbb, ccc])
        #expect(world.refusals[bbb]?.hasPrefix("moves like AAA/USDT (correlation 1.0") == true)
        #expect(try world.book.main.openPositions.map(\.symbol) == [aaa, ccc])
    }

    @Test("what is open counts as the same bet too, in a later hour")
    func likeWhatIsOpen() async throws {
        let world = try EngineWorld()
        world.set { $0.course = [aaa: 1, bbb: 1] }
        world.buys(aaa)
        try await world.cycle()
        world.clock.advance(by: .hours(1))
        world.buys(bbb)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.refusals[bbb]?.hasPrefix("moves like AAA/USDT") == true)
    }

    @Test("what is open is not bought again")
    func alreadyOpen() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.exchange.submitted.count == 1)
    }

    @Test("what was stopped out is not bought again for 6 h", arguments: [(-1, false), (0, true)])
    func coolDown(_ milliseconds: Int64, _ isBought: Bool) async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.move(aaa, to: "96")
        try await world.minutes(1)
        #expect(world.closedTrades.map(\.exits) == [[.stopLoss]])
        let stopped = try #require(try world.book.main.stoppedOut[aaa.description])
        world.clock.advance(by: stopped + .hours(6) + TimeSpan(milliseconds: milliseconds) - world.clock.now)
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0))
        #expect(world.refusals[aaa]?.hasPrefix("stopped out at") ?? false != isBought)
    }

    // MARK: Late is late

    @Test("a panel that thinks too long is not acted on", arguments: [(15 * 60, true), (15 * 60 + 1, false)])
    func snapshotTooOld(_ seconds: Int, _ isBought: Bool) async throws {
        let world = try EngineWorld()
        world.buys(aaa) { [clock = world.clock] in clock.advance(by: .seconds(seconds)) }
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0))
        #expect(world.refusals[aaa] == (isBought ? nil : "the snapshot is 901 s old, limit 900 s"))
    }

    @Test("answers have a limit of their own")
    func answersTooOld() async throws {
        let world = try EngineWorld { $0.cycle.answerMaxAge = .minutes(2) }
        world.buys(aaa) { [clock = world.clock] in clock.advance(by: .seconds(121)) }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.refusals[aaa] == "the answers are 121 s old, limit 120 s")
    }

    @Test(
        "a price that moved more than one hourly range meanwhile is not chased",
        arguments: [("100.4", true), ("99.6", true), ("104", false), ("97", false)])
    func movedAway(_ now: String, _ isBought: Bool) async throws {
        let world = try EngineWorld()
        world.buys(aaa) { [world] in
            world.move(aaa, to: now)
            world.clock.advance(by: .minutes(2))
        }
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0))
        #expect(world.refusals[aaa]?.hasPrefix("the price moved by") ?? false != isBought)
        if isBought { #expect(try world.position(aaa)?.holding?.entryPrice == price(now == "100.4" ? "100.51" : "99.7")) }
    }

    @Test("where there is no price any more nothing is bought")
    func noPriceNow() async throws {
        let world = try EngineWorld()
        world.buys(aaa, bbb) { [world] in world.market.blind(aaa) }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.refusals[aaa] == "no price now" && world.exchange.submitted.count == 1)
    }

    // MARK: A market that is not there

    @Test("a lost market skips the hour: journaled, told, and the next hour runs")
    func marketDown() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.set { $0.isDown = true }
        await #expect(throws: EngineError.self) { try await world.cycle() }
        let closed = world.journal.events.compactMap { if case .cycleClosed(let closed) = $0 { closed } else { nil } }
        #expect(closed.map(\.skipped) == ["fake market: down"])
        #expect(world.summaries.first?.contains("No decision this hour: fake market: down") == true)
        #expect(try world.book.openCycle == nil)
        world.set { $0.isDown = false }
        #expect(try await world.cycle() == .alreadyDone)
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 1))
    }

    // MARK: One cycle an hour

    @Test("an hour is not repeated, not even where the clock steps back")
    func F057_clockStepsBack() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        let commits = world.journal.commits
        #expect(try await world.cycle() == .alreadyDone)
        world.clock.advance(by: .hours(-1))
        #expect(try await world.cycle() == .alreadyDone)
        #expect(world.journal.commits == commits)
    }

    @Test("while a later hour is under way an earlier one is not begun, and the later one is taken up again")
    func F057_backInsideACycle() async throws {
        let world = try EngineWorld()
        try await world.cycle()
        world.clock.advance(by: .hours(2))
        world.buys(aaa)
        world.journal.fail(after: 1)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        world.journal.heal()
        let open = try #require(try world.book.openCycle?.id)
        world.clock.advance(by: .hours(-1))
        #expect(try await world.cycle() == .alreadyDone)
        #expect(try world.book.openCycle?.id == open)
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.book.lastCycle == open)
    }

    @Test("an interrupted cycle of an earlier hour is closed as skipped before the new one begins")
    func interrupted() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.journal.fail(after: 1)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        world.journal.heal()
        #expect(try world.book.openCycle?.id == CycleId(hour: fourteen))
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 1))
        let closed = world.journal.events.compactMap { if case .cycleClosed(let closed) = $0 { closed } else { nil } }
        #expect(closed.map(\.skipped) == ["interrupted", nil])
        #expect(closed.map(\.cycle) == [CycleId(hour: fourteen), CycleId(hour: fourteen + .hours(1))])
        // Nothing of the old hour was sent.
        #expect(world.exchange.submitted == [ClientOrderId.entry(EngineWorld.epoch, TradeId(1))])
    }

    @Test("what a cycle bought is told with its fill, and counted when the next hour closes what broke off")
    func interruptedAfterEntry() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        // Snapshot, decision and fill are written; the close is not.
        world.journal.fail(after: 3)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        world.journal.heal()
        #expect(try world.book.openCycle?.entered == 1 && world.messages == [.entry])
        world.clock.advance(by: .hours(1))
        world.set { $0.opinions = { _ in [] } }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.messages == [.entry, .summary])
        let closed = world.journal.events.compactMap { if case .cycleClosed(let closed) = $0 { closed } else { nil } }
        #expect(closed.map(\.funnel.entered) == [1, 0])
    }

    @Test("killed before the decision, the same hour is taken up again and decided once")
    func F002_killedBeforeTheDecision() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.journal.fail(after: 1)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(world.exchange.submitted.isEmpty)
        world.journal.heal()
        world.clock.advance(by: .minutes(3))
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.journal.events.count { if case .cycleOpened = $0 { true } else { false } } == 1)
        #expect(world.journal.events.count { if case .decided = $0 { true } else { false } } == 1)
    }
}
