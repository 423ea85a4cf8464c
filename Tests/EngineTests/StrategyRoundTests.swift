// An entry condition that holds, from the close to the protected position, and everything that keeps it from
// being bought.
import Engine
import Events
import Kernel
import Market
import Ports
import Risk
import Settings
import Strategies
import TestSupport
import Testing
import Trading

@Suite("A strategy's entries")
struct StrategyRoundTests {
    /// A world whose first hour closed at 102 for these.
    private func signalled(_ instances: [StrategyInstance], on symbols: [Symbol] = [aaa], _ change: (inout CarillonSettings) -> Void = { _ in })
        throws -> EngineWorld
    {
        let world = try EngineWorld(instances: instances, change)
        for symbol in symbols { world.stood(symbol, at: "102") }
        return world
    }

    @Test("a condition that holds at a close buys the strategy's share, with the strategy's own bracket")
    func entry() async throws {
        let rule = try instance {
            $0.bracket = BracketRule(
                stop: .exact("0.04"), rungs: [.init(rise: .exact("0.02"), share: .exact("0.5")), .init(rise: .exact("0.2"), share: .exact("0.5"))],
                trailing: nil)
            $0.sizing.equity = .exact("0.2")
        }
        let world = try signalled([rule])
        #expect(try await world.cycle() == .done(entries: 1))
        let position = try #require(try world.position(aaa)), holding = try #require(position.holding)
        // 200 of 1000, near 102 with 10 bps of slippage.
        #expect(
            holding.entryPrice == price("102.11") && holding.received + holding.bracket.dust <= Quantity("1.958")!
                && world.exchange.submitted.map(\.text) == ["C\(EngineWorld.epoch)T0001E1"])
        #expect(position.strategy == InstanceTag(name: "one", strategy: "rule", version: 2) && position.panel == "strategy one")
        #expect(holding.bracket.stop == price("98.03") && holding.bracket.rungs.map(\.price) == [price("104.15"), price("122.53")])
        // The trailing stop is off: after the first rung a fall of 4 % sells nothing, the stop below does.
        world.move(aaa, to: "105")
        try await world.minutes(2)
        world.move(aaa, to: "100.5")
        try await world.minutes(2)
        #expect(try world.position(aaa)?.holding?.remaining == holding.bracket.rungs.last?.quantity)
        world.move(aaa, to: "98")
        try await world.minutes(2)
        #expect(world.closedTrades.map(\.exits) == [[.takeProfit1, .stopLoss]])
        #expect(try world.messages == [.entry, .summary, .exit, .exit] && world.isBalanced)
    }

    @Test("the judgement is on record with its numbers, its checks and its order")
    func record() async throws {
        let world = try signalled([try instance(entry: "sma(3) > 100 and close > 101")])
        try await world.cycle()
        let judged = try #require(world.judged.first), signal = try #require(judged.signals.first)
        #expect(judged.closedAt == fourteen && judged.judged == 1 && judged.unjudged.isEmpty && judged.settingsHash == "s")
        #expect(
            signal.side == .buy && signal.close == price("102") && signal.review.price == price("102") && signal.review.checks.count == 12
                && signal.review.refusal == nil && signal.review.sizing?.bound == .strategy)
        #expect(signal.readings.map(\.name) == ["sma_3"] && abs(signal.readings[0].value - 302.0 / 3) < 1e-9)
        #expect(signal.review.order == world.exchange.submitted.first && signal.review.trade == TradeId(1))
        #expect(world.summaries.first?.contains("strategy one") == true)
    }

    @Test("a condition that does not hold buys nothing, and is on record as judged")
    func silence() async throws {
        let world = try EngineWorld(instances: [try instance(on: [aaa, bbb])])
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.judged.map(\.judged) == [2] && world.signals.isEmpty && world.exchange.submitted.isEmpty)
    }

    @Test("without symbols of its own it trades what the universe offers, and nothing else")
    func universe() async throws {
        let world = try signalled([try instance(on: [])], on: [bbb, ddd])
        world.set { $0.offered = [aaa, bbb] }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.book.main.openPositions.map(\.symbol) == [bbb] && world.judged.map(\.judged) == [2])
    }

    @Test("so many positions and no more; what is held is not bought again")
    func positions() async throws {
        let world = try signalled([try instance(on: [bbb, aaa]) { $0.sizing.positions = 1 }], on: [aaa, bbb])
        #expect(try await world.cycle() == .done(entries: 1))
        // In the order of the instance's symbols.
        #expect(try world.book.main.openPositions.map(\.symbol) == [bbb] && world.notFollowed == [aaa: "no room: 1 of 1 positions are open"])
        // A rule that holds for hours would fill every summary with it.
        #expect(world.summaries.last?.contains("no room") == false)
        world.passed(1)
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.judged.last?.signals.map(\.symbol) == [aaa] && world.exchange.submitted.count == 1)
    }

    @Test("two strategies want one symbol: the first has it, the second is refused")
    func oneSymbol() async throws {
        let world = try signalled([try instance("one"), try instance("two")])
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.position(aaa)?.strategy?.name == "one")
        #expect(world.judged.map(\.instance.name) == ["one", "two"] && world.notFollowed == [aaa: "already open"])
    }

    @Test("a signal is bought within the start window and not after it", arguments: [(600, true), (601, false)])
    func tooLate(_ seconds: Int, _ isBought: Bool) async throws {
        let world = try signalled([try instance()])
        world.clock.advance(by: .seconds(seconds))
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0))
        #expect(world.notFollowed == (isBought ? [:] : [aaa: "its candle closed 10 min ago, limit 10 min"]))
    }

    @Test("without a price now nothing is bought, and it is said")
    func noPrice() async throws {
        let world = try signalled([try instance(on: [aaa, bbb])], on: [aaa, bbb])
        world.market.withhold(aaa, from: fourteen - .minutes(10))
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.notFollowed == [aaa: "no price now"])
    }

    @Test("a price far from the close it was judged at is a false one")
    func farPrice() async throws {
        let world = try signalled([try instance()])
        world.market.move(aaa, to: price("140"), at: fourteen - .minutes(1))
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.notFollowed[aaa]?.hasPrefix("the price 140 is 37.3 % away from the close 102") == true)
    }

    @Test("candles that cannot be read are not judged, and said; the others are")
    func blind() async throws {
        let world = try signalled([try instance(on: [aaa, bbb])], on: [aaa, bbb])
        world.market.blind(aaa)
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.judged.map(\.judged) == [1] && world.judged.first?.unjudged.map(\.symbol) == [aaa])
        #expect(world.summaries.last?.contains("one could not judge AAA/USDT") == true)
    }

    // MARK: The same limits as the panel's

    @Test("a tripped breaker refuses a strategy too")
    func breaker() async throws {
        let world = try signalled([try instance()])
        try world.journal.commit(at: fourteen) { _ in
            [.breakerTripped(BreakerTripped(breaker: .streak, cause: .said("test"), until: fourteen + .hours(1)))]
        }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.notFollowed[aaa]?.hasPrefix("trading is paused (streak)") == true && world.signals.first?.review.checks.count == 12)
    }

    @Test("the heat limit refuses a strategy too", arguments: [("0.0103", true), ("0.0102", false)] as [(Ratio, Bool)])
    func heat(_ limit: Ratio, _ isBought: Bool) async throws {
        // 99.97 at a stop 10 % below: with fees and slippage 10.27 of 1000 are at risk.
        let world = try signalled([try instance()]) { $0.risk.heat = limit }
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0), "\(world.signals)")
        #expect(world.notFollowed[aaa]?.hasPrefix("with it ") ?? false != isBought)
    }

    @Test("the kill switch refuses a strategy too")
    func killSwitch() async throws {
        let world = try signalled([try instance()])
        world.set { $0.killSwitch = "by hand" }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.notFollowed[aaa]?.hasPrefix("trading is halted: by hand") == true)
    }

    @Test("the account's number of positions holds over all strategies")
    func mostPositions() async throws {
        let world = try signalled([try instance("one"), try instance("two", on: [bbb])], on: [aaa, bbb]) {
            $0.risk.maxOpenPositions = 1
            $0.risk.correlationLimit = .one
        }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.book.main.openPositions.map(\.symbol) == [aaa] && world.notFollowed[bbb] == "1 open already, the limit is 1")
    }

    @Test("what was stopped out is not bought again for 6 h", arguments: [(5, false), (6, true)])
    func coolDown(_ hours: Int, _ isBought: Bool) async throws {
        let world = try signalled([try instance()])
        try await world.cycle()
        world.move(aaa, to: "90")
        world.clock.advance(by: .minutes(1))
        // The minute that opened at 14:00 is the one that fell.
        try await world.step()
        #expect(world.closedTrades.map(\.exits) == [[.stopLoss]])
        let stopped = try #require(try world.book.main.stoppedOut[aaa.description])
        // At the first hour that closes after so long.
        world.market.move(aaa, to: price("102"), at: fourteen + .hours(2))
        world.clock.advance(by: (stopped + .hours(hours)).floored(to: .hours(1)) + (isBought ? .hours(1) : .hours(0)) - world.clock.now)
        #expect(try await world.cycle() == .done(entries: isBought ? 1 : 0))
        #expect(world.notFollowed[aaa]?.hasPrefix("stopped out at") ?? false != isBought)
    }

    @Test("two that move alike are one bet", arguments: [(1, true), (2, false)] as [(UInt64, Bool)])
    func alike(_ course: UInt64, _ isRefused: Bool) async throws {
        let world = try EngineWorld(instances: [try instance(on: [aaa, bbb], entry: "close > 1")])
        for (symbol, course) in [(aaa, 1), (bbb, course)] {
            for bar in History.candles(course: course, until: fourteen) { world.market.set(symbol, bar) }
        }
        #expect(try await world.cycle() == .done(entries: isRefused ? 1 : 2))
        #expect(world.notFollowed[bbb]?.hasPrefix("moves like AAA/USDT (correlation 1.0, limit 0.9)") ?? false == isRefused)
    }
}
