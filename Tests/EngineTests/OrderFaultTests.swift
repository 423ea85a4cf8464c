// Lost answers, crashes between the steps and halts: an order is announced first, sent at most once,
// and only the venue's word ends it.
import Analysis
import Engine
import Events
import Kernel
import Market
import Ports
import Settings
import TestSupport
import Testing
import Trading

private let entryId = ClientOrderId.entry(EngineWorld.epoch, TradeId(1))

@Suite("Orders and their faults")
struct OrderFaultTests {
    @Test("announced but never sent: the venue has no such order, and it is not sent again")
    func F005_neverSent() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        world.exchange.onQuery { _ in .absent }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.unknown])
        // Meanwhile the money counts as spent.
        #expect(try world.book.main.reservedCash > "60")
        try await world.minutes(3)
        #expect(try world.book.main.unresolvedOrders.isEmpty && world.book.main.positions.isEmpty && world.book.main.reservedCash.isZero)
        #expect(world.exchange.submitted == [entryId] && world.exchange.queried == [entryId, entryId])
    }

    @Test("before its window has passed an order that the venue does not know is neither absent nor denied")
    func F005_mayStillCome() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        world.exchange.onQuery { _ in .absent }
        try await world.cycle()
        let commits = world.journal.commits
        world.clock.advance(by: .seconds(89))
        try await world.step()
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.unknown] && world.journal.commits == commits)
        world.clock.advance(by: .seconds(1))
        try await world.step()
        #expect(try world.book.main.unresolvedOrders.isEmpty && world.book.main.ended[entryId.text]?.order.status == .denied)
    }

    @Test("sent, and the answer lost: the query finds it, and it is protected in the same transaction")
    func F006_answerLost() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        try await world.cycle()
        #expect(try world.book.main.openPositions.isEmpty)
        world.clock.advance(by: .minutes(1))
        #expect(try await world.step().recovered == 1)
        let position = try #require(try world.position(aaa))
        #expect(position.status == .open && position.holding?.bracket.stop == price("97.1"))
        // It filled at the time of the order, not of the question.
        #expect(position.holding?.openedAt == fourteen)
        #expect(world.exchange.submitted == [entryId])
        #expect(try world.isBalanced)
    }

    @Test("the minutes between a fill and its discovery are looked at too")
    func F006_stopBeforeDiscovery() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        try await world.cycle()
        world.exchange.onSubmit(nil)
        let low = Candle(openTime: fourteen + .minutes(1), open: price("99"), high: price("99"), low: price("95"), close: price("99"), volume: .zero)!
        world.market.set(aaa, low)
        world.clock.advance(by: .minutes(5))
        #expect(try await world.step().recovered == 1)
        #expect(world.closedTrades.map(\.exits) == [[.stopLoss]])
    }

    @Test("killed between the reply and its commit: the next start asks, and books it once")
    func F007_replyNotWritten() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.journal.fail(after: 2)
        await #expect(throws: EngineError.self) { try await world.cycle() }
        #expect(world.exchange.submitted == [entryId])
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.submitted])
        world.journal.heal()
        world.clock.advance(by: .minutes(1))
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.exchange.submitted == [entryId] && world.exchange.queried == [entryId])
        #expect(world.closedTrades.isEmpty && world.messages == [.entry, .summary])
        #expect(try world.book.main.openPositions.map(\.symbol) == [aaa] && world.isBalanced)
    }

    @Test("response lost and the query fails too: it stays unknown, and nothing new is bought there")
    func F016_queryFailsToo() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        world.exchange.onQuery { _ in .unknown("still down") }
        try await world.cycle()
        let commits = world.journal.commits
        try await world.minutes(59)
        #expect(world.journal.commits == commits)
        world.clock.advance(by: .minutes(1))
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.unknown])
        #expect(world.exchange.submitted == [entryId] && world.refusals[aaa] != nil)
    }

    @Test("a symbol that is not offered any more is recovered all the same")
    func recoveredThoughNotOffered() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        try await world.cycle()
        world.set { $0.offered = [bbb] }
        world.clock.advance(by: .hours(1))
        try await world.cycle()
        try await world.minutes(1)
        #expect(try world.position(aaa)?.status == .open && world.book.main.breakers.isEmpty)
    }

    @Test("without the list of instruments a filled entry is recovered with the rules it was decided with, and exits go on")
    func listDown() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.clock.advance(by: .hours(1))
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        world.buys(bbb)
        try await world.cycle()
        world.exchange.onSubmit(nil)
        world.market.hideList(true)
        world.move(aaa, to: "90")
        world.clock.advance(by: .minutes(1))
        #expect(try await world.step().exits == 1)
        #expect(world.closedTrades.map(\.symbol) == [aaa])
        #expect(try world.position(bbb)?.status == .open && world.book.main.unresolvedOrders.isEmpty)
    }

    @Test(
        "an order the venue had accepted stays accepted while its answers are lost",
        arguments: [
            FakeExchange.Says.unknown("down"), .accepted
        ])
    func acceptedThenLost(_ report: FakeExchange.Says) async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .accepted }
        world.exchange.onQuery { _ in report }
        try await world.cycle()
        let commits = world.journal.commits
        try await world.minutes(2)
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.accepted])
        #expect(world.journal.commits == commits)
        world.exchange.onQuery(nil)
        try await world.minutes(1)
        #expect(try world.position(aaa)?.status == .open)
    }

    @Test("an accepted order that is said never to have been there is a critical error, told once, and not an end")
    func acceptedThenAbsent() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .accepted }
        world.exchange.onQuery { _ in .absent }
        try await world.cycle()
        try await world.minutes(3)
        #expect(try world.book.main.unresolvedOrders.count == 1 && world.book.main.breakers["critical"] != nil)
        #expect(world.messages.filter { $0 == .breaker }.count == 1)
    }

    @Test("an answer that speaks of another order is no answer")
    func F049_anotherOrder() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { [exchange = world.exchange] order in
            guard case .found(var found) = await exchange.truth(order) else { return .absent }
            found.symbol = bbb
            return .found(found)
        }
        try await world.cycle()
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.unknown] && world.book.main.openPositions.isEmpty)
        try await world.minutes(1)
        #expect(try world.position(aaa)?.status == .open)
    }

    @Test("a refused entry is noted, skipped, and the others go on")
    func rejected() async throws {
        let world = try EngineWorld()
        world.buys(aaa, bbb)
        world.exchange.onSubmit { [exchange = world.exchange] order in
            order.symbol == aaa ? .rejected("no") : await exchange.truth(order)
        }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(try world.book.main.positions.keys.sorted() == [bbb.description] && world.book.main.unresolvedOrders.isEmpty)
    }

    @Test("an exit that is refused halts entries and tells a person once; the position stays")
    func exitRejected() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.exchange.onSubmit { _ in .rejected("not now") }
        world.move(aaa, to: "96")
        try await world.minutes(3)
        #expect(try world.position(aaa)?.status == .open && world.book.main.breakers["critical"] != nil)
        #expect(world.messages.filter { $0 == .breaker }.count == 1)
        // The price is still below the stop: it is tried again, each time as a new order.
        #expect(Set(world.exchange.submitted).count == world.exchange.submitted.count && world.exchange.submitted.count >= 3)
        world.exchange.onSubmit(nil)
        try await world.minutes(1)
        #expect(world.closedTrades.count == 1)
    }

    // MARK: Halts

    @Test("a halt while the models think: no entry, whether by file or in the journal", arguments: [true, false])
    func F100_killSwitchMidSend(_ byFile: Bool) async throws {
        let world = try EngineWorld()
        world.buys(aaa) { [world] in
            if byFile {
                world.set { $0.killSwitch = "the file is there" }
            } else {
                _ = try? world.journal.commit(at: world.clock.now) { _ in [.killSwitchSet(KillSwitchSet(engaged: true, reason: "halt"))] }
            }
        }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.exchange.submitted.isEmpty && world.refusals[aaa]?.hasPrefix("trading is halted") == true)
    }

    @Test("a halt between two sends: the first is out, the second is ended as never sent", arguments: [true, false])
    func F100_killSwitchBetweenSends(_ byFile: Bool) async throws {
        let world = try EngineWorld()
        world.buys(aaa, bbb)
        world.exchange.onSubmit { [world] order in
            if byFile {
                world.set { $0.killSwitch = "the file is there" }
            } else {
                _ = try? world.journal.commit(at: world.clock.now) { _ in [.killSwitchSet(KillSwitchSet(engaged: true, reason: "halt"))] }
            }
            return await world.exchange.truth(order)
        }
        #expect(try await world.cycle() == .done(entries: 1))
        #expect(world.exchange.submitted == [entryId])
        #expect(try world.book.main.positions.keys.sorted() == [aaa.description] && world.book.main.unresolvedOrders.isEmpty)
        // Exits need no permission.
        world.move(aaa, to: "90")
        try await world.minutes(1)
        #expect(world.closedTrades.map(\.symbol) == [aaa])
    }

    @Test("a purchase that a halt calls off while its question is under way is not bought: on paper the journal decides")
    func F100_calledOffMeanwhile() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.exchange.onSubmit { _ in .unknown("connection lost") }
        try await world.cycle()
        world.exchange.onQuery { [world] order in
            let truth = await world.exchange.truth(order)
            _ = try? world.journal.commit(at: world.clock.now) { _ in
                [
                    .orderChanged(OrderChanged(order: order.id, event: .confirmAbsent)),
                    .entryFailed(EntryFailed(trade: order.trade, symbol: order.symbol, why: "halted"))
                ]
            }
            return truth
        }
        world.clock.advance(by: .minutes(1))
        try await world.step()
        #expect(try world.book.main.positions.isEmpty && world.book.main.breakers.isEmpty && world.book.main.ledger.balance(.assets, aaa.base).isZero)
        #expect(try world.isBalanced)
    }

    // MARK: Models that say what they must not

    @Test("absurd convictions buy nothing", arguments: ["9", "1.01", "-1", "900000000000"])
    func F081_absurdModelAnswer(_ absurd: String) async throws {
        let world = try EngineWorld()
        let conviction = Ratio(try #require(FixedDecimal(absurd)))
        world.set { $0.opinions = { $0.offered.flatMap { EngineWorld.agreement($0, conviction: conviction) } } }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(world.exchange.submitted.isEmpty)
    }

    @Test("a panel that obeys a text buys nothing that was not offered, and nothing beyond the limits")
    func F082_promptInjection() async throws {
        let world = try EngineWorld()
        world.set {
            $0.offered = [aaa, bbb, ccc]
            $0.opinions = { snapshot in
                // Everything at once, twice, with full conviction, and symbols from the text first.
                return (Symbol("EVIL/USDT").map { EngineWorld.agreement($0, conviction: "1") } ?? []) + EngineWorld.agreement(ddd, conviction: "1")
                    + snapshot.offered.flatMap { EngineWorld.agreement($0, conviction: "1") } + EngineWorld.agreement(ccc, conviction: "1")
            }
        }
        try await world.cycle()
        let bought = try world.book.main.openPositions
        #expect(bought.map(\.symbol) == [aaa, bbb])
        let limits = world.settings.risk
        let equity = try world.book.main.equity(marks: [:])
        #expect(bought.allSatisfy { $0.plannedRisk <= equity.times(limits.riskPerTrade.value, rounding: .down) })
        #expect(bought.allSatisfy { ($0.holding?.cost ?? equity) <= equity.times(limits.concentrationInstrument.value, rounding: .up) })
        #expect(world.exchange.submitted.count == 2)
    }
}
