// Whose turn it is: each close once, the hour's strategies with the cycle and the shorter ones with the monitor, the
// panel where a strategy asks it, and a program that was killed in between.
import Engine
import Events
import Kernel
import Market
import Ports
import Settings
import Strategies
import Synchronization
import TestSupport
import Testing
import Trading

@Suite("A strategy's turn")
struct StrategyTurnTests {
    @Test(
        "candles of an hour and longer are the cycle's, shorter ones the monitor's",
        arguments: [
            (.m1, false), (.m5, false), (.m30, false), (.h1, true), (.h4, true)
        ] as [(Timeframe, Bool)])
    func turns(_ timeframe: Timeframe, _ isTheCycles: Bool) async throws {
        let world = try EngineWorld(instances: [try instance(timeframe)])
        world.clock.advance(by: .hours(2))
        world.market.move(aaa, to: price("102"), at: fourteen - .hours(4))
        #expect(try await world.step().orders == (isTheCycles ? 0 : 1))
        #expect(world.judged.count == (isTheCycles ? 0 : 1))
        let fresh = try EngineWorld(instances: [try instance(timeframe)])
        fresh.clock.advance(by: .hours(2))
        fresh.market.move(aaa, to: price("102"), at: fourteen - .hours(4))
        #expect(try await fresh.cycle() == .done(entries: isTheCycles ? 1 : 0))
        #expect(fresh.judged.count == (isTheCycles ? 1 : 0))
    }

    @Test("a minute in which no candle of a strategy closed writes nothing, and the next close writes its candles once")
    func nothing() async throws {
        let world = try EngineWorld(instances: [try instance(.m5, entry: "close > 1000")])
        try await world.step()
        let first = world.journal.events.count
        for _ in 0..<4 {
            world.clock.advance(by: .minutes(1))
            try await world.step()
        }
        #expect(world.journal.events.count == first)
        world.clock.advance(by: .minutes(1))
        try await world.step()
        let taken = world.journal.events.compactMap { if case .candlesTaken(let taken) = $0 { taken } else { nil } }
        #expect(world.journal.events.count == first + 2 && taken.count == 2)
        #expect(taken.last?.kept.map(\.symbol) == [aaa] && taken.last?.kept.first?.last == fourteen)
        #expect(world.journal.events.suffix(2).map { "\($0)".prefix { $0 != "(" } } == ["candlesTaken", "strategyJudged"])
    }

    @Test("each close is judged once, however often the monitor looks")
    func once() async throws {
        let world = try EngineWorld(instances: [try instance(.m5, exit: nil) { $0.sizing.positions = 1 }])
        world.stood(aaa, at: "102")
        #expect(try await world.step().orders == 1)
        let commits = world.journal.commits
        #expect(try await world.step().orders == 0)
        try await world.minutes(4)
        #expect(world.journal.commits == commits && world.judged.count == 1)
        try await world.minutes(1)
        #expect(world.judged.map(\.closedAt) == [fourteen, fourteen + .minutes(5)])
    }

    @Test("a candle of minutes that is late is looked for for a minute, and bought when it comes")
    func late() async throws {
        let world = try EngineWorld(instances: [try instance(.m5)])
        world.stood(aaa, at: "102")
        world.market.withhold(aaa, from: fourteen - .minutes(5))
        #expect(try await world.step().orders == 0)
        #expect(world.judged.isEmpty)
        world.clock.advance(by: .seconds(30))
        world.market.withhold(aaa, from: nil)
        #expect(try await world.step().orders == 1)
    }

    @Test("a candle that is a minute late is said to be missing, and its close is done with")
    func tooLate() async throws {
        let world = try EngineWorld(instances: [try instance(.m5)])
        world.stood(aaa, at: "102")
        world.market.withhold(aaa, from: fourteen - .minutes(5))
        try await world.minutes(1)
        #expect(world.judged.map(\.judged) == [0] && world.judged.first?.unjudged.map(\.why) == ["no candle that closed at \(fourteen)"])
        world.market.withhold(aaa, from: nil)
        try await world.minutes(1)
        #expect(world.exchange.submitted.isEmpty && world.judged.count == 1)
    }

    // MARK: The panel

    /// Counts how often the panel is asked; it agrees on AAA with 0.9.
    private func asking(_ rules: StrategyInstance...) throws -> (EngineWorld, asked: Counter) {
        let world = try EngineWorld(instances: rules), asked = Counter()
        world.stood(aaa, at: "102")
        world.buys(aaa) { asked.add() }
        return (world, asked)
    }

    @Test("with strategies the panel buys nothing by itself and is asked only where one of them wants it", arguments: [false, true])
    func panelOnlyConfirms(_ wantsIt: Bool) async throws {
        let (world, asked) = try asking(try instance(entry: "close > 1000") { $0.aiConviction = wantsIt ? "0.5" : nil })
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(asked.count == (wantsIt ? 1 : 0) && world.exchange.submitted.isEmpty && world.reviews.isEmpty)
    }

    @Test("where a strategy cannot be used the panel does not buy in its place, and the summary says so")
    func unusable() async throws {
        let world = try EngineWorld(unusable: ["carillon.yaml:2:5: no such strategy"])
        world.buys(aaa)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(
            world.exchange.submitted.isEmpty && world.summaries.last?.contains("A strategy cannot trade: carillon.yaml:2:5: no such strategy") == true
        )
    }

    @Test("no exit waits for a model, and what it sold is not bought again at that close")
    func exitBeforeAsking() async throws {
        let (world, _) = try asking(try instance(entry: "close > 1", exit: "close < 99") { $0.aiConviction = "0.5" })
        #expect(try await world.cycle() == .done(entries: 1))
        world.passed(1)
        world.stood(aaa, at: "98")
        let sent = Counter()
        world.buys(aaa) { for _ in world.exchange.submitted { sent.add() } }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(sent.count == 2, "entry and exit had been sent when the panel was asked")
        #expect(try world.position(aaa) == nil && world.notFollowed[aaa] == "sold at this very close")
    }

    @Test("without a picture of the market what is held is still judged, and nothing is bought")
    func exitsWithoutPicture() async throws {
        let world = try EngineWorld(instances: [try instance(on: [aaa, bbb])])
        world.stood(aaa, at: "102")
        #expect(try await world.cycle() == .done(entries: 1))
        world.passed(1)
        world.stood(aaa, at: "98")
        world.stood(bbb, at: "102")
        world.set { $0.isDown = true }
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(try world.position(aaa) == nil && world.position(bbb) == nil)
    }

    @Test("the monitor's strategies ask no panel")
    func monitorAsksNobody() async throws {
        let (world, asked) = try asking(try instance(.m5))
        #expect(try await world.step().orders == 1 && asked.count == 0)
    }

    @Test(
        "a confirmed entry is bought with the panel's conviction, one without enough of it is refused",
        arguments: [
            ("0.9", nil), ("0.91", "the panel's conviction is 0.9, at least 0.91 is asked for")
        ] as [(Ratio, String?)])
    func conviction(_ least: Ratio, _ refusal: String?) async throws {
        let (world, _) = try asking(try instance { $0.aiConviction = least })
        #expect(try await world.cycle() == .done(entries: refusal == nil ? 1 : 0))
        #expect(world.notFollowed[aaa] == refusal)
        if refusal == nil { #expect(try world.position(aaa)?.conviction == "0.9") }
    }

    @Test("without the panel's agreement, or where it was not asked about it, nothing is bought")
    func unconfirmed() async throws {
        let (world, _) = try asking(try instance(on: [aaa, bbb, ccc]) { $0.aiConviction = "0.5" })
        for symbol in [bbb, ccc] { world.stood(symbol, at: "102") }
        world.set { $0.offered = [aaa, bbb] }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.notFollowed[bbb]?.hasPrefix("the panel did not agree") == true && world.notFollowed[ccc] == "the panel was not asked about it")
    }

    @Test("a strategy that asks nobody is not bound by what the panel says for another")
    func unasked() async throws {
        let (world, asked) = try asking(try instance("one") { $0.aiConviction = "0.95" }, try instance("two", on: [bbb]))
        world.stood(bbb, at: "102")
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try asked.count == 1 && world.book.main.openPositions.map(\.symbol) == [bbb])
    }

    // MARK: Killed

    @Test("killed after the panel's verdict was written, the cycle goes on with it and does not ask again")
    func killedAfterDecided() async throws {
        let (world, asked) = try asking(try instance { $0.aiConviction = "0.5" })
        world.journal.fail(after: 2)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(world.kinds("decided") == 1 && world.judged.isEmpty && world.exchange.submitted.isEmpty)
        world.journal.heal()
        world.set {
            $0.opinions = { _ in
                asked.add(); return []
            }
        }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(asked.count == 1 && world.kinds("decided") == 1 && world.judged.count == 1)
    }

    @Test("killed between announcing and the answer: the order is asked for, and never sent twice", arguments: [true, false])
    func killedAfterAnnouncing(_ hasArrived: Bool) async throws {
        let world = try EngineWorld(instances: [try instance()])
        world.stood(aaa, at: "102")
        world.exchange.onSubmit { [world] _ in
            world.journal.fail(after: 0)
            return .unknown("killed")
        }
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.submitted] && world.judged.count == 1)
        world.journal.heal()
        world.exchange.onSubmit(nil)
        if !hasArrived { world.exchange.onQuery { _ in .absent } }
        #expect(try await world.cycle() == .done(entries: hasArrived ? 1 : 0))
        // An order that the venue does not know may still come, for a minute and a half.
        #expect(try world.book.main.unresolvedOrders.count == (hasArrived ? 0 : 1))
        try await world.minutes(2)
        #expect(world.exchange.submitted.count == 1 && world.exchange.queried.count == (hasArrived ? 1 : 3))
        #expect(world.judged.count == 1 && world.kinds("orderSubmitted") == 1)
        #expect(try world.book.main.unresolvedOrders.isEmpty && world.book.main.openPositions.count == (hasArrived ? 1 : 0) && world.isBalanced)
    }

    @Test("killed before the judgement is written, it judges again and buys once")
    func killedBeforeAnnouncing() async throws {
        let world = try EngineWorld(instances: [try instance("one"), try instance("two", on: [bbb])]) { $0.risk.correlationLimit = .one }
        for symbol in [aaa, bbb] { world.stood(symbol, at: "102") }
        world.journal.fail(after: 1)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(world.judged.isEmpty && world.exchange.submitted.isEmpty)
        world.journal.heal()
        #expect(try await world.cycle() == .done(entries: 2))
        #expect(world.judged.count == 2 && world.exchange.submitted.count == 2)
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)
    func add() { value.withLock { $0 += 1 } }
    var count: Int { value.withLock { $0 } }
}
