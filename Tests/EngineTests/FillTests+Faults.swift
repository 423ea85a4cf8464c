// Fills that come when nobody expects them, do not come although they happened, or make no sense.
import Events
import Kernel
import Market
import Ports
import Risk
import TestSupport
import Testing
import Trading

@testable import Engine

extension FillTests {
    @Test("a fill after the venue had confirmed the end is held and protected, and entries stop until somebody has looked")
    func F031_afterCancel() async throws {
        let (world, venue) = try make {
            $0.parts = []
            $0.rest = .canceled
        }
        #expect(try await world.cycle() == .done(entries: 0))
        #expect(try world.book.main.positions.isEmpty && world.book.main.ended[firstEntry.text]?.order.status == .canceled)
        venue.execute(firstEntry, venue.orders[0].quantity!)
        try await told(world)
        #expect(try world.position(aaa)?.status == .open && world.book.main.breakers["critical"] != nil)
        try check(world, venue)
        venue.set { $0 = FakeVenue.Manner() }
        world.move(aaa, to: "90")
        try await world.minutes(2)
        #expect(world.closedTrades.count == 1)
        try check(world, venue)
    }

    @Test("an order that was said to be absent and filled all the same is adopted")
    func F017_afterAbsent() async throws {
        let (world, venue) = try make()
        world.exchange.onSubmit { [venue] order in
            _ = try? await venue.submit(order.request, .ordinary)
            return .unknown("connection lost")
        }
        venue.set { $0.lag = .minutes(10) }
        try await world.cycle()
        try await world.minutes(2)
        #expect(try world.book.main.positions.isEmpty && world.book.main.ended[firstEntry.text]?.order.status == .denied)
        world.clock.advance(by: .minutes(10))
        try await told(world)
        #expect(try world.position(aaa)?.status == .open && world.book.main.breakers["critical"] != nil && world.messages.contains(.breaker))
        try check(world, venue)
    }

    @Test("ended orders are known for a day after their time, and then forgotten")
    func forgotten() async throws {
        let (world, _) = try make {
            $0.parts = []
            $0.rest = .expired
        }
        try await world.cycle()
        for _ in 0..<24 {
            world.clock.advance(by: .hours(1))
            world.set { $0.opinions = { _ in [] } }
            try await world.cycle()
        }
        #expect(try world.book.main.known(firstEntry) != nil)
        world.clock.advance(by: .hours(1))
        try await world.cycle()
        #expect(try world.book.main.known(firstEntry) == nil && world.book.main.executed.isEmpty && world.book.main.failedEntries.isEmpty)
    }

    @Test("a fee whose price is known is part of the trade from its first fill on")
    func knownFee() async throws {
        let (world, venue) = try make { $0.feeAsset = bnb }
        world.market.move(Symbol(bnb, .usdt), to: price("250"), at: fourteen - .hours(1))
        try await world.cycle()
        let holding = try #require(try world.position(aaa)?.holding), order = venue.orders[0]
        #expect(holding.cost == order.executedQuote! + order.trades[0].fee.amount.times("250", rounding: .up) && !holding.fees.isZero)
        #expect(try world.book.main.record.fees.isZero && world.book.main.unvaluedFees.isEmpty)
        try check(world, venue)
    }

    @Test("a part that no bracket fits is told, is no position, and blocks nothing")
    func unfit() async throws {
        let (world, venue) = try make {
            $0.parts = ["0.1"]
            $0.rest = .expired
        }
        try await world.cycle()
        #expect(try world.book.main.positions.isEmpty && world.book.main.breakers["critical"] != nil && world.messages.contains(.breaker))
        #expect(try !world.book.main.ledger.balance(.assets, aaa.base).isZero && world.book.main.failedEntries.count == 1)
        try check(world, venue)
        venue.execute(firstEntry, venue.orders[0].quantity!.portion("0.6", lot: "0.001"))
        try await told(world)
        #expect(try world.position(aaa)?.status == .open)
        try check(world, venue)
    }

    @Test("a sale that the venue executes and does not list is told, and ends when it does")
    func unlistedSale() async throws {
        let (world, venue) = try make()
        try await world.cycle()
        world.exchange.onSubmit { [venue] order in
            guard var found = try? await venue.submit(order.request, .ordinary) else { return .unknown("lost") }
            found.trades = []
            return .found(found)
        }
        world.move(aaa, to: "90")
        venue.set { $0.listsInAnswer = false }
        world.exchange.hidesFills(true)
        try await world.minutes(3)
        #expect(try world.book.trouble(.unsellable, aaa.description)?.isTold == true && world.closedTrades.isEmpty)
        world.exchange.hidesFills(false)
        try await world.minutes(1)
        #expect(try world.closedTrades.count == 1 && world.book.troubles.isEmpty)
        try check(world, venue)
    }

    @Test("an order that was said to be absent and is found alive is asked about until it has an end")
    func aliveAfterAbsent() async throws {
        let (world, venue) = try make { $0.parts = [] }
        world.exchange.onSubmit { [venue] order in
            _ = try? await venue.submit(order.request, .ordinary)
            return .unknown("connection lost")
        }
        venue.set { $0.lag = .minutes(3) }
        try await world.cycle()
        try await world.minutes(2)
        #expect(try world.book.main.ended[firstEntry.text]?.order.status == .denied)
        world.clock.advance(by: .minutes(2))
        try await told(world)
        #expect(try world.book.main.unresolvedOrders.map(\.status) == [.accepted] && world.book.main.breakers["critical"] != nil)
        venue.execute(firstEntry, venue.orders[0].quantity!)
        try await world.minutes(1)
        #expect(try world.position(aaa)?.status == .open && world.book.main.unresolvedOrders.isEmpty)
        try check(world, venue)
    }

    @Test("numbers that are nobody's money are no answer, and no trap")
    func absurd() async throws {
        let (world, venue) = try make { $0.parts = ["0.5"] }
        try await world.cycle()
        let order = try #require(venue.orders.first), quantity = try #require(order.quantity) - order.executedQuantity
        let absurd = [
            (quantity.value, price("100"), Money("1000000", aaa.base)),
            (quantity.value, price("100"), Money("-5000000", .usdt)), ("99999999999", price("100"), Money("0", aaa.base))
        ]
        let before = try world.book
        for (index, number) in absurd.enumerated() {
            world.exchange.onQuery { _ in
                var found = order
                found.trades.append(
                    VenueFill(
                        id: "absurd \(index)", order: order.id, symbol: aaa, side: .buy, quantity: Quantity(number.0)!, price: number.1,
                        fee: number.2,
                        isMaker: nil, time: nil))
                return .found(found)
            }
            try await world.minutes(1)
        }
        #expect(try world.book.main.executed == before.main.executed && world.book.main.ledger == before.main.ledger)
        world.exchange.onQuery(nil)
        try await world.minutes(1)
        try check(world, venue)
    }

    @Test("a later contradiction is told although an earlier one still keeps entries out")
    func toldAgain() async throws {
        let (world, venue) = try make {
            $0.parts = []
            $0.rest = .canceled
        }
        try await world.cycle()
        try world.journal.commit(at: world.clock.now) { _ in
            [.breakerTripped(BreakerTripped(breaker: .critical, cause: .said("yesterday"), until: nil))]
        }
        venue.execute(firstEntry, venue.orders[0].quantity!)
        try await told(world)
        #expect(world.messages.contains(.critical))
    }

    @Test("what a venue says of a fill's time is kept between the order and now")
    func times() async throws {
        let (world, _) = try make()
        for (said, kept) in [(fourteen - .days(9), fourteen), (fourteen + .days(9), fourteen)] {
            let life = OrderLife(
                Order(
                    id: firstEntry, trade: TradeId(1), symbol: aaa, side: .buy, type: .market, role: .entry, quantity: Quantity("1")!,
                    referencePrice: price("100"), createdAt: fourteen), Executed())
            let fill = Fill(
                id: "1", order: firstEntry, symbol: aaa, side: .buy, quantity: Quantity("1")!, price: price("100"), fee: Money("0", .usdt), time: said
            )
            var order = life
            let actions = order.handle(.found(life.order.found(.filled, [fill])), at: world.clock.now)
            guard case .fill(_, let booked)? = actions.first else {
                Issue.record("no fill")
                continue
            }
            #expect(booked.time == kept)
        }
    }

    @Test("prices that come slowly do not make a stop too old to be sent")
    func slowPrices() async throws {
        let (world, venue) = try make()
        try await world.cycle()
        world.move(aaa, to: "90")
        world.clock.advance(by: .minutes(2))
        let parts = world.parts
        let slow = Parts(
            settings: parts.settings, journal: parts.journal, market: HeldMarket(world.market) { _ in world.clock.advance(by: .seconds(30)) },
            exchange: world.exchange, clock: parts.clock, observer: parts.observer, panel: parts.panel, hash: parts.hash,
            compress: parts.compress, killSwitch: parts.killSwitch, versions: parts.versions)
        #expect(try await MinuteMonitor(slow).step().exits == 1)
        #expect(world.closedTrades.map(\.exits) == [[.stopLoss]] && venue.orders.count == 2)
        #expect(try world.book.main.breakers.isEmpty)
        try check(world, venue)
    }
}
