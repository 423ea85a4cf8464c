// The minutes between the hours: exits without any model, silence where nothing happens, breakers,
// the trading day, and honesty about what cannot be seen.
import Analysis
import Engine
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Synchronization
import TestSupport
import Testing
import Trading

/// A world that holds one position of each symbol, bought at 14:00.
private func holding(_ symbols: [Symbol] = [aaa], deposit: FixedDecimal = "1000", _ change: (inout CarillonSettings) -> Void = { _ in }) async throws
    -> EngineWorld
{
    let world = try EngineWorld(deposit: deposit, change)
    world.set { $0.opinions = { $0.offered.filter(symbols.contains).flatMap { EngineWorld.agreement($0) } } }
    try await world.cycle()
    world.set { $0.opinions = { _ in [] } }
    return world
}

private func bar(_ minute: Int, _ open: String, _ high: String, _ low: String, _ close: String) -> Candle {
    Candle(openTime: fourteen + .minutes(minute), open: price(open), high: price(high), low: price(low), close: price(close), volume: .zero)!
}

@Suite("The minute monitor")
struct MinuteMonitorTests {
    @Test("a step that changes nothing writes nothing; once an hour it leaves a bookmark")
    func silence() async throws {
        let world = try await holding()
        let commits = world.journal.commits
        try await world.minutes(59)
        #expect(world.journal.commits == commits)
        try await world.minutes(1)
        #expect(world.journal.commits == commits + 1)
        #expect(try world.position(aaa)?.holding?.watch.readThrough == fourteen + .hours(1))
        try await world.minutes(30)
        #expect(world.journal.commits == commits + 1)
    }

    @Test("without positions a step reads the book and nothing else")
    func idle() async throws {
        let world = try EngineWorld()
        try await world.cycle()
        let commits = world.journal.commits
        world.market.hideList(true)
        try await world.minutes(120)
        #expect(world.journal.commits == commits)
    }

    @Test("the stop sells everything, and the trade is on record")
    func stop() async throws {
        let world = try await holding()
        world.market.set(aaa, bar(3, "99", "99", "96.5", "98"))
        try await world.minutes(5)
        let closed = try #require(world.closedTrades.first)
        #expect(closed.exits == [.stopLoss] && closed.outcome == 0 && closed.closedAt == fourteen + .minutes(4))
        // The stop of 97.1 less 10 bps, on the grid, against us.
        #expect(closed.exitPrice == price("97"))
        #expect(closed.rMultiple >= "-1" && closed.rMultiple < "-0.95")
        #expect(try world.book.main.positions.isEmpty && world.isBalanced)
        #expect(try world.book.main.cash == "1000" + closed.pnl)
        #expect(world.messages.last == .exit)
    }

    @Test("rungs, then the trailing stop, each as its own order")
    func ladder() async throws {
        let world = try await holding()
        world.market.set(aaa, bar(2, "101", "103.5", "101", "103.2"))
        world.market.set(aaa, bar(3, "103.2", "106", "103", "105.5"))
        world.market.move(aaa, to: price("105"), at: fourteen + .minutes(4))
        world.market.move(aaa, to: price("101"), at: fourteen + .minutes(8))
        try await world.minutes(10)
        let closed = try #require(world.closedTrades.first)
        #expect(closed.exits == [.takeProfit1, .takeProfit2, .trailingStop] && closed.outcome == 2 && closed.pnl.isPositive)
        #expect(world.messages.filter { $0 == .exit }.count == 3)
        #expect(Array(world.exchange.submitted.map(\.text).dropFirst()) == (1...3).map { "C\(EngineWorld.epoch)T0001X\($0)" })
        #expect(try world.isBalanced)
    }

    @Test("a fall of 30 % through the stop is sold at the open, and the loss counts")
    func F039_gapThroughStop() async throws {
        let world = try await holding([aaa, bbb, ccc])
        for symbol in [aaa, bbb, ccc] { world.market.move(symbol, to: price("70"), at: fourteen + .minutes(2)) }
        try await world.minutes(4)
        #expect(world.closedTrades.count == 3 && world.closedTrades.allSatisfy { $0.rMultiple < "-7" && $0.exitPrice < price("70") })
        #expect(try world.book.main.record.losingStreak == 3 && world.book.main.breakers["streak"] != nil)
        #expect(try world.isBalanced)
    }

    @Test("a long standstill: minutes far in the past still decide")
    func F061_longStandstill() async throws {
        let world = try await holding()
        world.market.set(aaa, bar(5, "98", "98", "95", "96"))
        // Two days later, more candles than one page holds, the price has come back.
        world.clock.advance(by: .days(2))
        #expect(try await world.step().exits == 1)
        #expect(world.closedTrades.first?.exits == [.stopLoss] && world.closedTrades.first?.exitPrice == price("97"))
    }

    @Test("between two pages of a long standstill no minute is lost", arguments: 998...1_003)
    func pageEdge(_ minute: Int) async throws {
        let world = try EngineWorld()
        world.clock.advance(by: .seconds(37))
        world.buys(aaa)
        try await world.cycle()
        world.market.set(aaa, bar(minute, "98", "98", "95", "96"))
        world.clock.advance(by: .days(1))
        #expect(try await world.step().exits == 1)
    }

    @Test("a fill between two minutes is neither blind nor looked at too early")
    func offTheGrid() async throws {
        let world = try EngineWorld()
        world.clock.advance(by: .seconds(37))
        world.buys(aaa)
        try await world.cycle()
        world.market.set(aaa, bar(0, "100", "100", "90", "100"))
        world.clock.advance(by: .seconds(63))
        #expect(try await world.step().isQuiet)
        world.clock.advance(by: .seconds(30))
        #expect(try await world.step().isQuiet)
        #expect(try world.position(aaa)?.status == .open)
    }

    @Test("an instrument whose candles cannot be read is reported, and sold when they can")
    func blind() async throws {
        let world = try await holding([aaa, bbb])
        world.market.blind(aaa)
        world.market.set(aaa, bar(1, "96", "96", "95", "95"))
        world.market.set(bbb, bar(1, "96", "96", "95", "95"))
        world.clock.advance(by: .minutes(3))
        let outcome = try await world.step()
        #expect(outcome.blind == [aaa] && outcome.exits == 1)
        world.market.blind(aaa, false)
        #expect(try await world.step().exits == 1)
        #expect(world.closedTrades.map(\.symbol) == [bbb, aaa])
    }

    @Test("a minute without prices calls nobody; two are told in one message, and so is their end")
    func blindTold() async throws {
        let world = try await holding([aaa, bbb])
        let before = world.messages.count
        for symbol in [aaa, bbb] { world.market.blind(symbol) }
        try await world.minutes(1)
        #expect(try world.book.troubles.map(\.subject) == ["AAA/USDT", "BBB/USDT"] && world.messages.count == before)
        world.market.blind(bbb, false)
        try await world.minutes(1)
        #expect(try world.book.troubles.map(\.isTold) == [true])
        #expect(world.messages.dropFirst(before) == [.critical], "BBB was blind for a minute: nobody hears of it")
        world.market.blind(bbb)
        try await world.minutes(2)
        world.market.blind(aaa, false)
        world.market.blind(bbb, false)
        let commits = world.journal.commits
        try await world.minutes(2)
        #expect(try world.book.troubles.isEmpty && world.journal.commits == commits + 1)
        #expect(world.messages.dropFirst(before) == [.critical, .critical, .notice])
    }

    @Test("candles that come to an end are no price: the stop is blind three minutes later")
    func stale() async throws {
        let world = try await holding()
        try await world.minutes(10)
        world.market.withhold(aaa, from: world.clock.now)
        try await world.minutes(2)
        #expect(try world.book.troubles.isEmpty)
        try await world.minutes(3)
        #expect(try world.book.troubles.map(\.key) == ["blind:AAA/USDT"] && world.book.troubles[0].isTold)
        world.market.withhold(aaa, from: nil)
        world.move(aaa, to: "90")
        try await world.minutes(2)
        #expect(try world.book.troubles.isEmpty && world.closedTrades.count == 1)
    }

    @Test("before a command acts everything since the last look is read, also after a pause of a year")
    func catchUp() async throws {
        let world = try await holding([aaa, bbb])
        world.market.set(aaa, bar(60 * 24 * 300, "98", "98", "95", "96"))
        world.clock.advance(by: .days(327))
        let outcome = try await MinuteMonitor(world.parts).catchUp()
        #expect(outcome.exits == 1 && outcome.blind.isEmpty && world.closedTrades.map(\.exitPrice) == [price("97")])
        #expect(try world.position(bbb)?.holding?.watch.readThrough == world.clock.now)
        #expect(try world.book.troubles.isEmpty)
    }

    @Test("an exit on its way is not doubled")
    func noDoubleExit() async throws {
        let world = try await holding()
        world.exchange.onSubmit { _ in .unknown("lost") }
        world.exchange.onQuery { _ in .unknown("lost") }
        world.move(aaa, to: "90")
        try await world.minutes(5)
        #expect(world.exchange.submitted.count == 2)
        world.exchange.onQuery(nil)
        try await world.minutes(1)
        #expect(world.closedTrades.count == 1 && world.exchange.submitted.count == 2)
        // It filled where it was announced to fill, not where the price stands by now.
        #expect(world.closedTrades.first?.exits == [.stopLoss])
    }

    @Test("exits happen while a cycle waits for a model, and the cycle decides on what is then")
    func exitsWhileACycleWaits() async throws {
        let world = try await holding()
        world.clock.advance(by: .hours(1))
        let gate = Gate()
        world.set {
            $0.opinions = { snapshot in
                await gate.wait()
                return snapshot.offered.filter { $0 == bbb }.flatMap { EngineWorld.agreement($0) }
            }
        }
        async let outcome = world.cycle()
        await gate.reached()
        world.move(aaa, to: "90")
        try await world.minutes(5)
        #expect(world.closedTrades.map(\.symbol) == [aaa])
        gate.open()
        #expect(try await outcome == .done(entries: 1))
        #expect(try world.book.main.openPositions.map(\.symbol) == [bbb] && world.isBalanced)
    }
}

extension MinuteMonitor.Outcome {
    fileprivate var isQuiet: Bool { recovered == 0 && exits == 0 && blind.isEmpty }
}

/// A place to wait in until a test opens it.
private final class Gate: Sendable {
    private let state = Mutex<(waiting: CheckedContinuation<Void, Never>?, watcher: CheckedContinuation<Void, Never>?)>((nil, nil))

    func wait() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.waiting = continuation
                state.watcher?.resume()
                state.watcher = nil
            }
        }
    }
    /// Returns once somebody waits.
    func reached() async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if state.waiting != nil { continuation.resume() } else { state.watcher = continuation }
            }
        }
    }
    func open() {
        state.withLock { state in
            state.waiting?.resume()
            state.waiting = nil
        }
    }
}

@Suite("Breakers and the trading day")
struct BreakerTests {
    @Test("three losses in a row: no entry for 6 h, told once, then again allowed")
    func streak() async throws {
        let world = try await holding([aaa, bbb, ccc])
        for symbol in [aaa, bbb, ccc] { world.move(symbol, to: "96.9") }
        try await world.minutes(1)
        let breaker = try #require(try world.book.main.breakers["streak"])
        #expect(breaker.cause == .lossesInARow(3) && breaker.until == fourteen + .minutes(1) + .hours(6))
        #expect(world.messages.filter { $0 == .breaker }.count == 1)
        world.buys(ddd)
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.refusals[ddd]?.hasPrefix("trading is paused (streak)") == true)
        #expect(world.summaries.last?.contains("Trading paused: 3 losses in a row") == true)
        world.clock.advance(by: .hours(6))
        #expect(try await world.cycle() == .done(entries: 1))
    }

    @Test("the day's loss stops entries until the next trading day, while exits go on")
    func dailyLoss() async throws {
        let world = try await holding { $0.risk.dailyLossAmount = "2" }
        world.move(aaa, to: "97.2")
        try await world.minutes(1)
        let breaker = try #require(try world.book.main.breakers["dailyLoss"])
        #expect(breaker.until == fourteen.floored(to: .days(1)) + .days(1))
        try await world.minutes(3)
        #expect(world.messages.filter { $0 == .breaker }.count == 1)
        world.buys(bbb)
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 0))
        world.move(aaa, to: "90")
        try await world.minutes(1)
        #expect(world.closedTrades.count == 1)
        world.clock.advance(by: fourteen.floored(to: .days(1)) + .days(1) - world.clock.now)
        #expect(try await world.cycle() == .done(entries: 1))
    }

    @Test("a fall from the top stops entries until a person resets it")
    func drawdown() async throws {
        let world = try await holding { $0.risk.drawdown = "0.002" }
        world.move(aaa, to: "97.2")
        try await world.minutes(2)
        #expect(try world.book.main.breakers["drawdown"]?.until == .some(nil))
        world.clock.advance(by: .days(9))
        world.buys(bbb)
        #expect(try await world.cycle() == .done(entries: 0))
        try world.journal.commit(at: world.clock.now) { _ in [.breakerReset(BreakerReset(breaker: .drawdown, reason: "looked"))] }
        world.clock.advance(by: .hours(1))
        #expect(try await world.cycle() == .done(entries: 1))
    }

    @Test("the trading day begins once, at its boundary, by whichever process is first", arguments: [0, 6 * 60])
    func tradingDay(_ offset: Int) async throws {
        let world = try EngineWorld { $0.risk.tradingDayOffset = .minutes(offset) }
        func days() -> [Timestamp] { world.journal.events.compactMap { if case .tradingDayStarted(let day) = $0 { day.day } else { nil } } }
        let midnight = fourteen.floored(to: .days(1)) + .minutes(offset)
        try await world.step()
        try await world.cycle()
        #expect(days() == [midnight])
        world.clock.advance(by: midnight + .days(1) - TimeSpan(milliseconds: 1) - world.clock.now)
        try await world.step()
        #expect(days().count == 1)
        world.clock.advance(by: TimeSpan(milliseconds: 1))
        try await world.step()
        try await world.step()
        try await world.cycle()
        #expect(days() == [midnight, midnight + .days(1)])
    }
}
