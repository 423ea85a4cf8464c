// What cannot be sold: said until it is, and given up only by a person, with the whole loss on record.
import Engine
import Events
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

@Suite("What cannot be sold")
struct UnsellableTests {
    /// AAA and BBB are held, and no sale of either gets an answer.
    private func stuck() async throws -> EngineWorld {
        let world = try EngineWorld()
        world.buys(aaa, bbb)
        try await world.cycle()
        world.set { $0.opinions = { _ in [] } }
        world.exchange.onSubmit { _ in .unknown("-1121 Invalid symbol") }
        world.exchange.onQuery { _ in .unknown("-1121 Invalid symbol") }
        world.clock.advance(by: .minutes(2))
        return world
    }

    @Test("a sale without an answer stands from the first minute, is told with the second, and ends with its fill")
    func told() async throws {
        let world = try await stuck()
        let before = world.messages.count
        #expect(try await ManualClose(world.parts).close(aaa) == [aaa])
        #expect(try world.book.troubles.map(\.key) == ["unsellable:AAA/USDT"] && world.messages.count == before)
        #expect(try await ManualClose(world.parts).close(nil) == [bbb], "AAA is on its way already")
        #expect(try world.book.main.pendingSales.map(\.symbol) == [aaa, bbb])
        try await world.minutes(1)
        #expect(world.messages.dropFirst(before) == [.critical, .critical])
        try await world.minutes(5)
        #expect(world.messages.dropFirst(before).count == 2)
        world.exchange.onQuery(nil)
        try await world.minutes(1)
        #expect(try world.book.troubles.isEmpty && world.book.main.positions.isEmpty && world.isBalanced)
        #expect(world.messages.dropFirst(before + 2).filter { $0 == .notice }.count == 2, "sold at last: said for both")
    }

    @Test("a refused sale is told at once and shown until the position is gone")
    func refused() async throws {
        let world = try await stuck()
        world.exchange.onSubmit { _ in .rejected("market is closed") }
        _ = try await ManualClose(world.parts).close(aaa)
        let trouble = try #require(try world.book.trouble(.unsellable, "AAA/USDT"))
        #expect(trouble.isTold && trouble.why == "market is closed")
        world.exchange.onSubmit(nil)
        _ = try await ManualClose(world.parts).close(aaa)
        #expect(try world.book.troubles.isEmpty)
    }

    @Test("what is given up leaves for nothing: its sale is called off, the trade closed with its loss, and the books balance")
    func writeOff() async throws {
        let world = try await stuck()
        _ = try await ManualClose(world.parts).close(aaa)
        let held = try #require(try world.position(aaa)?.holding), cash = try world.book.main.cash
        guard case .writtenOff(let pnl) = try await WriteOff(world.parts).writeOff(aaa, reason: "delisted") else {
            Issue.record("not written off"); return
        }
        #expect(pnl == -held.cost)
        let closed = try #require(world.closedTrades.last)
        #expect(closed.pnl == pnl && closed.exits == [.writtenOff] && closed.proceeds.isZero && closed.outcome == nil)
        let book = try world.book, isBalanced = try world.isBalanced
        #expect(book.main.cash == cash && book.main.position(aaa) == nil && book.main.pendingSales.isEmpty && isBalanced)
        #expect(book.main.ledger.balance(.assets, aaa.base).isZero && book.troubles.isEmpty)
        #expect(world.messages.last == .notice && book.main.openPositions.map(\.symbol) == [bbb])
        #expect(try await WriteOff(world.parts).writeOff(aaa, reason: "again") == .notOpen)
    }

    @Test("what has a price and was not refused is not given up; without a price it is once that has lasted, also with nothing announced")
    func sellable() async throws {
        let world = try await stuck()
        #expect(try await WriteOff(world.parts).writeOff(aaa, reason: "a slip of the hand") == .sellable(at: price("100")))
        #expect(try world.position(aaa)?.status == .open)
        world.market.blind(aaa)
        #expect(try await WriteOff(world.parts).writeOff(aaa, reason: "one bad minute") == .untried)
        #expect(try world.position(aaa)?.status == .open)
        try await world.minutes(3)
        guard case .writtenOff = try await WriteOff(world.parts).writeOff(aaa, reason: "delisted") else { Issue.record("not written off"); return }
        #expect(try world.book.main.openPositions.map(\.symbol) == [bbb] && world.isBalanced)
    }

    @Test("by hand sells nothing past a stop that was crossed while nobody looked: the stop sold it")
    func stopFirst() async throws {
        let world = try EngineWorld()
        world.buys(aaa, bbb)
        try await world.cycle()
        world.clock.advance(by: .days(40))
        world.market.move(aaa, to: price("97.5"), at: fourteen + .days(20))
        world.market.move(aaa, to: price("96.9"), at: fourteen + .days(20) + .minutes(1))
        world.market.move(aaa, to: price("79"), at: fourteen + .days(21))
        #expect(try await ManualClose(world.parts).close(nil) == [bbb])
        let sold = try #require(world.closedTrades.first { $0.symbol == aaa })
        #expect(sold.exits == [.stopLoss] && sold.exitPrice > price("96") && sold.rMultiple > "-1.2")
        let byHand = world.closedTrades.first { $0.symbol == bbb }
        #expect(byHand?.exits == [.manual])
    }
}
