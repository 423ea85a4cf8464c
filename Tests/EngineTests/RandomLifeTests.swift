// Days of random prices, votes, lost answers, refusals and crashes: after every step money balances,
// everything held is protected, and no order was sent twice or without being announced.
import Analysis
import Engine
import Events
import Kernel
import Market
import Ports
import Settings
import Synchronization
import TestSupport
import Testing
import Trading

/// One generator, shared by everything that happens in one life.
private final class Chance: Sendable {
    private let generator: Mutex<SplitMix64>
    init(_ seed: UInt64) { generator = Mutex(SplitMix64(seed: seed)) }
    /// 0 ..< count
    func index(_ count: Int) -> Int { generator.withLock { $0.below(count) } }
}

@Suite("Random lives")
struct RandomLifeTests {
    private let symbols = [aaa, bbb, ccc, ddd]

    private func make(_ chance: Chance) throws -> EngineWorld {
        let world = try EngineWorld(deposit: "5000")
        world.set {
            $0.opinions = { snapshot in
                world.clock.advance(by: .seconds(chance.index(300)))
                return snapshot.offered.flatMap {
                    chance.index(2) == 0 ? EngineWorld.agreement($0, conviction: chance.index(9) == 0 ? "7" : "0.9") : []
                }
            }
        }
        @Sendable func answer(_ order: Order) async -> FakeExchange.Says {
            switch chance.index(8) {
            case 0: .unknown("lost")
            case 1 where order.role == .entry: .rejected("no")
            default: await world.exchange.truth(order)
            }
        }
        world.exchange.onSubmit { order in
            let book = try? world.journal.book()
            #expect(book?.main.orders[order.id.text] != nil, "sent without being announced")
            return await answer(order)
        }
        // Orders are asked about side by side: the answer hangs on order and moment, not on who comes first.
        world.exchange.onQuery { order in
            let seed = order.id.text.utf8.reduce(UInt64(world.clock.now.milliseconds)) { $0 &* 31 &+ UInt64($1) }
            return Chance(seed).index(4) == 0 ? .unknown("down") : await world.exchange.truth(order)
        }
        return world
    }

    /// One minute: prices move, now and then something breaks, and the monitor (at full hours also the cycle) runs.
    private func minute(_ world: EngineWorld, _ chance: Chance) async throws {
        world.clock.advance(by: .minutes(1))
        let now = world.clock.now.floored(to: .minutes(1))
        for symbol in symbols where chance.index(6) == 0 {
            let old = world.market.price(symbol, at: now)?.value ?? "100"
            let jump = chance.index(60) == 0 ? 900 : 80
            let moved = old.times(FixedDecimal(10_000 + chance.index(2 * jump + 1) - jump).times("0.0001", rounding: .nearest), rounding: .nearest)
            world.market.move(symbol, to: Price(min(max(moved.rounded(places: 2, .nearest), "60"), "160"))!, at: now)
        }
        for symbol in symbols where chance.index(40) == 0 { world.market.blind(symbol, chance.index(2) == 0) }
        world.journal.heal()
        if chance.index(30) == 0 { world.journal.fail(after: chance.index(3)) }
        do {
            try await world.step()
            if chance.index(30) == 0 { try await world.cycle() }
        } catch is EngineError {
            // Killed here; the next minute starts from the journal.
        }
        world.journal.heal()
    }

    private func check(_ world: EngineWorld) throws {
        let book = try world.book
        #expect(try world.isBalanced)
        for position in book.main.openPositions {
            let holding = try #require(position.holding)
            #expect(holding.protectiveStop >= holding.bracket.stop && !holding.remaining.isZero)
            #expect(book.main.ledger.balance(.assets, position.symbol.base) == holding.remaining.value)
        }
        for symbol in symbols where book.main.position(symbol)?.holding == nil {
            #expect(book.main.ledger.balance(.assets, symbol.base).isZero)
        }
        #expect(book.main.positions.count <= world.settings.risk.maxOpenPositions)
        #expect(book.main.cash - book.main.reservedCash >= .zero)
        #expect(Set(world.exchange.submitted).count == world.exchange.submitted.count)
        let open = book.main.openPositions.compactMap(\.holding).reduce(FixedDecimal.zero) { $0 + $1.proceeds - $1.cost }
        #expect(book.main.cash == book.main.baselines.deposited + book.main.record.pnl + open)
    }

    @Test("money, protection and single orders hold through two days of faults, and afterwards all is settled", arguments: 1...6)
    func life(_ seed: Int) async throws {
        let chance = Chance(UInt64(seed) * 6_151), world = try make(chance)
        for step in 0..<2_000 {
            try await minute(world, chance)
            if step % 7 == 0 { try check(world) }
        }
        // Once the faults stop nothing stays unknown.
        world.exchange.onSubmit(nil)
        world.exchange.onQuery(nil)
        for symbol in symbols { world.market.blind(symbol, false) }
        try await world.minutes(2)
        try check(world)
        #expect(try world.book.main.unresolvedOrders.isEmpty)
        #expect(world.closedTrades.count > 2)
        var again = Book()
        for entry in world.journal.all { try again.apply(entry.event, at: entry.at) }
        #expect(try again == world.book)
    }
}
