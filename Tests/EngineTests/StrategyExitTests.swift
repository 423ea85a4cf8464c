// An exit condition that holds: all that is left is sold, once, and neither a pause of the program nor a missing
// price loses the sale.
import Engine
import Events
import Kernel
import Market
import Ports
import Strategies
import TestSupport
import Testing
import Trading

@Suite("A strategy's exits")
struct StrategyExitTests {
    /// Bought at 14:00 at 102; prices stay there until they are moved.
    private func holding(_ rule: StrategyInstance) async throws -> EngineWorld {
        let world = try EngineWorld(instances: [rule])
        world.stood(aaa, at: "102")
        #expect(try await world.cycle() == .done(entries: 1))
        return world
    }

    @Test("an exit condition sells everything at once, as a market order, and says so")
    func exit() async throws {
        let world = try await holding(
            try instance {
                $0.bracket.rungs = [.init(rise: .exact("0.02"), share: .exact("0.5")), .init(rise: .exact("0.2"), share: .exact("0.5"))]
            })
        world.market.set(
            aaa,
            Candle(openTime: fourteen + .minutes(1), open: price("102"), high: price("104.5"), low: price("102"), close: price("102"), volume: .zero)!
        )
        try await world.minutes(2)
        world.market.move(aaa, to: price("98"), at: fourteen + .hours(1))
        world.clock.advance(by: fourteen + .hours(2) - world.clock.now)
        try await world.cycle()
        let last = world.journal.events.compactMap { if case .orderSubmitted(let submitted) = $0 { submitted.order } else { nil } }.last
        #expect(
            last?.type == .market && last?.role == .exit(.signal) && last?.referencePrice == price("98") && last?.createdAt == fourteen + .hours(2))
        #expect(world.closedTrades.map(\.exits) == [[.takeProfit1, .signal]])
        #expect(world.exchange.submitted.map(\.text) == ["T0001E1", "T0001X1", "T0001X2"].map { "C\(EngineWorld.epoch)\($0)" })
        #expect(try world.messages.suffix(2) == [.exit, .summary] && world.isBalanced && world.book.main.positions.isEmpty)
        // Not a stop: nothing keeps the symbol from being bought again.
        #expect(try world.book.main.stoppedOut.isEmpty)
    }

    @Test("the candle that gave the entry cannot give the exit, the one of the fill can", arguments: [0, 40])
    func ownCandle(_ seconds: Int) async throws {
        let world = try EngineWorld(instances: [try instance(exit: "close > 101.5")])
        world.stood(aaa, at: "102")
        world.clock.advance(by: .seconds(seconds))
        #expect(try await world.cycle() == .done(entries: 1))
        world.clock.advance(by: .minutes(30))
        try await StrategyRound(parts: world.parts, universe: []).run(world.instances)
        #expect(world.closedTrades.isEmpty)
        world.clock.advance(by: fourteen + .hours(1) - world.clock.now)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.closedTrades.map(\.exits) == [[.signal]])
    }

    @Test("what is sold at a close is not bought at the same close, and may be at the next")
    func notInOneBreath() async throws {
        let world = try await holding(try instance(exit: "close > 101.5"))
        world.passed(1)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.judged.last?.signals.map(\.side) == [.sell])
        world.passed(1)
        #expect(try await world.cycle() == .done(entries: 1))
    }

    @Test("an exit that came while the program was down still sells", arguments: [1, 2, 5, 30])
    func missed(_ hours: Int) async throws {
        let world = try await holding(try instance())
        world.passed(1)
        world.stood(aaa, at: "98")
        world.market.move(aaa, to: price("102"), at: world.clock.now)
        world.passed(hours)
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]], "down for \(hours) h after it")
    }

    @Test("an exit before the position was bought counts for nothing")
    func before() async throws {
        let world = try EngineWorld(instances: [try instance()])
        world.market.move(aaa, to: price("98"), at: fourteen - .hours(2))
        world.stood(aaa, at: "102")
        try await world.cycle()
        world.passed(1)
        try await world.cycle()
        #expect(world.closedTrades.isEmpty && world.signals.map(\.side) == [.buy])
    }

    @Test("without a price now it is not sold but said, and it is sold as soon as there is one", arguments: [1, 3])
    func noPrice(_ hours: Int) async throws {
        let world = try await holding(try instance())
        world.passed(1)
        world.stood(aaa, at: "98")
        world.market.withhold(aaa, from: world.clock.now - .minutes(10))
        world.market.move(aaa, to: price("102"), at: world.clock.now)
        try await world.cycle()
        #expect(world.notFollowed[aaa]?.hasPrefix("no price now") == true && world.closedTrades.isEmpty)
        for _ in 1..<hours {
            world.passed(1)
            try await world.cycle()
        }
        world.market.withhold(aaa, from: nil)
        world.passed(1)
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]])
    }

    @Test("a candle that comes late still gives its exit, at the next close")
    func lateCandle() async throws {
        let world = try await holding(try instance())
        world.passed(1)
        world.stood(aaa, at: "98")
        world.market.withhold(aaa, from: world.clock.now - .hours(1))
        try await world.cycle()
        #expect(world.judged.last?.unjudged.map(\.symbol) == [aaa] && world.closedTrades.isEmpty)
        world.market.withhold(aaa, from: nil)
        world.market.move(aaa, to: price("102"), at: world.clock.now)
        world.passed(1)
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]])
    }

    @Test("while a sale's answer is awaited nothing more is sold, and a sale that never was is made again")
    func underWay() async throws {
        let world = try await holding(try instance())
        world.passed(1)
        world.stood(aaa, at: "98")
        world.exchange.onSubmit { _ in .unknown("lost") }
        world.exchange.onQuery { _ in .unknown("lost") }
        try await world.cycle()
        world.passed(1)
        try await world.cycle()
        #expect(world.notFollowed[aaa] == "a sale is under way" && world.exchange.submitted.count == 2)
        world.exchange.onSubmit(nil)
        world.exchange.onQuery { _ in .absent }
        world.market.move(aaa, to: price("102"), at: world.clock.now)
        world.passed(1)
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]] && world.exchange.submitted.count == 3)
    }

    @Test("the room of what is sold at a close is there from the next close on")
    func room() async throws {
        let world = try await holding(try instance(on: [aaa, bbb]) { $0.sizing.positions = 1 })
        world.passed(1)
        world.stood(aaa, at: "98")
        world.stood(bbb, at: "102")
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.closedTrades.map(\.exits) == [[.signal]] && world.notFollowed == [bbb: "no room: 1 of 1 positions are open"])
        world.passed(1)
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.book.main.openPositions.map(\.symbol) == [bbb])
    }

    @Test("the kill switch stops no exit")
    func halted() async throws {
        let world = try await holding(try instance())
        world.set { $0.killSwitch = "by hand" }
        world.passed(1)
        world.stood(aaa, at: "98")
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]])
    }

    @Test("a symbol that is offered no more is still judged for its exit")
    func notOffered() async throws {
        let world = try await holding(try instance(on: []))
        world.set { $0.offered = [bbb] }
        world.passed(1)
        world.stood(aaa, at: "98")
        try await world.cycle()
        #expect(world.closedTrades.map(\.exits) == [[.signal]])
    }

    @Test("a strategy's exit condition sells its own positions only")
    func ownOnly() async throws {
        let world = try EngineWorld(instances: [try instance("one", exit: nil), try instance("two", entry: "close > 1000", exit: "close < 99")])
        world.stood(aaa, at: "102")
        try await world.cycle()
        world.passed(1)
        world.stood(aaa, at: "98")
        try await world.cycle()
        #expect(world.closedTrades.isEmpty && world.signals.map(\.side) == [.buy])
    }
}
