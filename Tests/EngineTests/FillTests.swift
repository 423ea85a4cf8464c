// What a venue really answers: several executions, parts, fees in any asset, fills that come late. The ledger stays equal to the
// venue's own balances to the last unit, the position is what was bought, and nothing is dropped.
import Events
import Kernel
import Market
import Ports
import Synchronization
import TestSupport
import Testing
import Trading

@testable import Engine

let bnb = Currency("BNB")!, firstEntry = ClientOrderId.entry(EngineWorld.epoch, TradeId(1))

@Suite("Fills as a venue makes them")
struct FillTests {
    /// The engine on a venue that remembers.
    func make(_ manner: (inout FakeVenue.Manner) -> Void = { _ in }) throws -> (EngineWorld, FakeVenue) {
        let made = Mutex<FakeVenue?>(nil)
        let world = try EngineWorld(venue: { market, clock in
            let venue = FakeVenue(market, clock: clock, balances: [.usdt: "1000", bnb: "0"])
            made.withLock { $0 = venue }
            return venue
        })
        world.buys(aaa)
        let venue = try #require(made.withLock { $0 })
        venue.set(manner)
        return (world, venue)
    }

    func check(_ world: EngineWorld, _ venue: FakeVenue) throws {
        let book = try world.book
        for (currency, amount) in venue.balances {
            #expect(book.main.ledger.balance(.assets, currency) + book.main.ledger.balance(.dust, currency) == amount, "\(currency)")
        }
        #expect(try world.isBalanced)
        for position in book.main.openPositions {
            let holding = try #require(position.holding)
            #expect(book.main.ledger.balance(.assets, position.symbol.base) == holding.remaining.value)
        }
    }

    @Test("an entry in several executions is one position of all of them", arguments: [true, false])
    func F029_severalFills(_ listsInAnswer: Bool) async throws {
        let (world, venue) = try make {
            $0.parts = ["0.3", "0.3", .one]
            $0.listsInAnswer = listsInAnswer
        }
        #expect(try await world.cycle() == .done(entries: 1))
        let holding = try #require(try world.position(aaa)?.holding), order = try #require(venue.orders.first)
        #expect(order.trades.count == 3 && holding.bought == order.executedQuantity && world.messages.filter { $0 == .entry }.count == 1)
        #expect(holding.remaining == holding.bracket.quantity && holding.bracket.dust < Quantity("0.001")!)
        try check(world, venue)
        world.move(aaa, to: "90")
        try await world.minutes(2)
        #expect(world.closedTrades.map(\.quantity) == [order.executedQuantity] && world.closedTrades.first?.exits == [.stopLoss])
        try check(world, venue)
    }

    @Test("of an entry that is filled in part the part is held and protected, and the rest is over", arguments: [VenueOrderStatus.expired, .canceled])
    func F032_partThenEnd(_ end: VenueOrderStatus) async throws {
        let (world, venue) = try make {
            $0.parts = ["0.7"]
            $0.rest = end
        }
        #expect(try await world.cycle() == .done(entries: 1))
        let holding = try #require(try world.position(aaa)?.holding)
        #expect(
            try holding.bought == venue.orders[0].executedQuantity && world.book.main.unresolvedOrders.isEmpty && world.book.main.reservedCash.isZero)
        try check(world, venue)
    }

    @Test("what rests fills later, minute by minute, and the position grows with it")
    func grows() async throws {
        let (world, venue) = try make { $0.parts = ["0.7"] }
        try await world.cycle()
        let ordered = try #require(venue.orders[0].quantity), first = try #require(try world.position(aaa)?.holding)
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.partiallyFilled] && !world.book.main.reservedCash.isZero)
        world.move(aaa, to: "101")
        world.clock.advance(by: .minutes(1))
        venue.execute(firstEntry, (ordered - first.bought).portion("0.5", lot: "0.001"))
        try await world.step()
        let more = try #require(try world.position(aaa)?.holding)
        #expect(more.bought > first.bought && more.entryPrice > first.entryPrice && more.bracket.stop > first.bracket.stop)
        try check(world, venue)
        venue.execute(firstEntry, ordered - more.bought)
        try await world.minutes(1)
        #expect(try world.position(aaa)?.holding?.bought == ordered && world.book.main.unresolvedOrders.isEmpty)
        try check(world, venue)
    }

    @Test("what comes after the first target goes behind the last one, and what was sold stays sold")
    func growsAfterTarget() async throws {
        let (world, venue) = try make { $0.parts = ["0.7"] }
        try await world.cycle()
        let ordered = try #require(venue.orders[0].quantity), first = try #require(try world.position(aaa)?.holding)
        world.move(aaa, to: "103.5")
        venue.set { $0.parts = [.one] }
        try await world.minutes(2)
        let sold = try #require(try world.position(aaa)?.holding)
        #expect(sold.rungsFilled == 1 && sold.remaining < first.remaining)
        venue.execute(firstEntry, ordered - first.bought)
        try await world.minutes(1)
        let grown = try #require(try world.position(aaa)?.holding)
        #expect(
            grown.rungsFilled == 1 && grown.proceeds == sold.proceeds && grown.remaining > sold.remaining && grown.bracket.stop == first.bracket.stop)
        try check(world, venue)
        world.move(aaa, to: "90")
        try await world.minutes(3)
        #expect(world.closedTrades.count == 1)
        try check(world, venue)
    }

    @Test("a sale in parts ends the trade with its last part")
    func saleInParts() async throws {
        let (world, venue) = try make()
        try await world.cycle()
        venue.set { $0.parts = ["0.4", "0.4", .one] }
        world.move(aaa, to: "90")
        try await world.minutes(2)
        let closed = try #require(world.closedTrades.first)
        #expect(closed.exits == [.stopLoss] && closed.pnl == closed.proceeds - closed.cost && venue.orders[1].trades.count == 3)
        try check(world, venue)
    }

    @Test("a sale that fills in part and ends goes on with the rest")
    func saleInPart() async throws {
        let (world, venue) = try make()
        try await world.cycle()
        venue.set {
            $0.parts = ["0.5"]
            $0.rest = .expired
        }
        world.move(aaa, to: "90")
        try await world.minutes(2)
        #expect(try world.position(aaa)?.status == .partiallyClosed && world.book.main.breakers["critical"] != nil)
        try check(world, venue)
        venue.set { $0 = FakeVenue.Manner() }
        try await world.minutes(2)
        #expect(world.closedTrades.count == 1)
        try check(world, venue)
    }

    @Test("a fee in a third asset costs what that asset is worth, and not its bare number")
    func F034_thirdAsset() async throws {
        let pair = Symbol(bnb, .usdt), (world, venue) = try make { $0.feeAsset = bnb }
        try await world.cycle()
        let before = try #require(try world.position(aaa)?.holding), fee = try #require(venue.orders[0].trades.first?.fee.amount)
        // Nobody knows the price of that asset: the fee waits for it, and is not in the cost.
        #expect(try before.cost == venue.orders[0].executedQuote && before.fees.isZero && world.book.main.unvaluedFees.count == 1)
        world.exchange.onQuery(nil)
        world.market.move(pair, to: price("250"), at: world.clock.now)
        try await world.minutes(2)
        let after = try #require(try world.position(aaa)?.holding), worth = fee.times("250", rounding: .up)
        #expect(try after.cost == before.cost + worth && after.fees == worth && world.book.main.unvaluedFees.isEmpty)
        try check(world, venue)
        world.move(aaa, to: "90")
        try await world.minutes(3)
        let closed = try #require(world.closedTrades.first), fees = venue.orders.flatMap(\.trades).reduce(FixedDecimal.zero) { $0 + $1.fee.amount }
        #expect(closed.fees == fees.times("250", rounding: .nearest) && closed.pnl == closed.proceeds - closed.cost)
        #expect(try world.book.main.record.pnl == closed.pnl && world.book.main.unvaluedFees.isEmpty)
        try check(world, venue)
    }

    @Test("a fee in quote is part of the cost")
    func quoteFee() async throws {
        let (world, venue) = try make { $0.feeAsset = .usdt }
        try await world.cycle()
        let holding = try #require(try world.position(aaa)?.holding), order = venue.orders[0]
        #expect(holding.cost == order.executedQuote! + order.trades[0].fee.amount && holding.received == holding.bought)
        try check(world, venue)
    }

    /// The venue's word on an ended order reaches the engine, as a reconciliation would bring it.
    func told(_ world: EngineWorld) async throws {
        let order = try #require(try world.book.main.known(firstEntry))
        try await OrderExecutor(parts: world.parts).look(at: [order], marks: [:])
    }
}
