// A venue whose candles are wrong while last price and book stay right, with a position open: nothing is sold or marked
// by a disputed price, a stop that is really crossed sells, and a person is told.
import Engine
import Events
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

/// The forms a wrong price takes in candles. The right one is 100 until a test says otherwise.
enum WrongCandles: String, CaseIterable {
    case allUp, allDown, lastUp, lastDown, wickUp, wickDown, staleCopy, none

    /// Makes the minute that has just closed, or all of them from it on, what this form makes of it.
    func apply(_ world: EngineWorld) {
        let minute = world.clock.now - .minutes(1)
        func bar(_ high: String, _ low: String, _ close: String) -> Candle {
            Candle(openTime: minute, open: price(close), high: price(high), low: price(low), close: price(close), volume: .zero)!
        }
        // The minute before is put right where only the last one is wrong.
        func last(_ wrong: Candle) {
            world.market.set(
                aaa,
                Candle(openTime: minute - .minutes(1), open: price("100"), high: price("100"), low: price("100"), close: price("100"), volume: .zero)!
            )
            world.market.set(aaa, wrong)
        }
        switch self {
        case .allUp: world.market.move(aaa, to: price("10000"), at: fourteen)
        case .allDown: world.market.move(aaa, to: price("1"), at: fourteen)
        case .lastUp: last(bar("10000", "10000", "10000"))
        case .lastDown: last(bar("1", "1", "1"))
        case .wickUp: last(bar("10000", "100", "100"))
        case .wickDown: last(bar("100", "1", "100"))
        case .staleCopy: break
        case .none: world.market.withhold(aaa, from: fourteen)
        }
    }
}

extension EngineWorld {
    /// Last price and book of AAA, as of now.
    func quotes(_ last: String?) {
        market.quote(last.map { [aaa: Quote(last: price($0), at: clock.now, bid: price($0), ask: price($0))!] } ?? [:])
    }

    /// A minute passes, with candles of that form and last price and book at `last`.
    @discardableResult
    func minute(_ form: WrongCandles?, _ last: String?) async throws -> MinuteMonitor.Outcome {
        clock.advance(by: .minutes(1))
        form?.apply(self)
        quotes(last)
        return try await step()
    }

    static func holding() async throws -> EngineWorld {
        let world = try EngineWorld()
        world.buys(aaa)
        try await world.cycle()
        world.set { $0.opinions = { _ in [] } }
        return world
    }

    var marked: [FixedDecimal] { journal.events.compactMap { if case .equityMarked(let marked) = $0 { marked.equity } else { nil } } }
    var disputes: [Trouble] { get throws { try book.troubles(of: .disputed) } }
}

@Suite("Disputed prices of what is held")
struct DisputedPriceTests {
    @Test(
        "nothing is sold by a disputed price, and a person is told with the second look", arguments: WrongCandles.allCases.filter { $0 != .staleCopy }
    )
    func nothingSold(_ form: WrongCandles) async throws {
        let world = try await EngineWorld.holding()
        let before = world.messages.count
        for _ in 0..<4 {
            let outcome = try await world.minute(form, "100")
            #expect(outcome.exits == 0 && outcome.blind.isEmpty)
        }
        let disputes = try world.disputes
        #expect(disputes.map(\.subject) == ["AAA/USDT"] && disputes[0].isTold && disputes[0].why.contains("the last price is 100"))
        #expect(world.messages.dropFirst(before) == [.critical])
        #expect(try world.position(aaa)?.status == .open && world.book.main.breakers.isEmpty)
    }

    @Test("a stop that is really crossed sells at last price and book, whatever the candles say", arguments: WrongCandles.allCases)
    func reallyCrossed(_ form: WrongCandles) async throws {
        let world = try await EngineWorld.holding()
        try await world.minute(form, "100")
        #expect(world.closedTrades.isEmpty)
        try await world.minute(form, "96")
        let closed = try #require(world.closedTrades.first)
        // 96 less 10 bps, on the grid, against us.
        #expect(closed.exits == [.stopLoss] && closed.exitPrice == price("95.9"))
        #expect(try world.disputes.isEmpty && world.isBalanced)
    }

    @Test("one wrong candle that stays among right ones sells nothing, in no later minute", arguments: ["81", "85", "95", "96.5", "120"], [1, 3])
    func stays(_ wrong: String, _ count: Int) async throws {
        let world = try await EngineWorld.holding()
        for minute in 0..<12 {
            world.clock.advance(by: .minutes(1))
            let close = minute < count ? wrong : "100"
            world.market.set(
                aaa,
                Candle(
                    openTime: world.clock.now - .minutes(1), open: price(close), high: price(close), low: price(close), close: price(close),
                    volume: .zero)!)
            world.quotes("100")
            #expect(try await world.step().exits == 0, "minute \(minute)")
        }
        #expect(try world.position(aaa)?.status == .open && world.disputes.isEmpty)
        #expect(world.messages.suffix(2) == [.critical, .notice], "told, and told that it is over")
    }

    @Test("candles that are put right are read where reading stopped: what they reached counts")
    func putRight() async throws {
        let world = try await EngineWorld.holding()
        for _ in 0..<3 { try await world.minute(.allUp, "100") }
        world.market.move(aaa, to: price("100"), at: fourteen)
        world.market.set(
            aaa,
            Candle(openTime: fourteen + .minutes(1), open: price("100"), high: price("100"), low: price("95"), close: price("100"), volume: .zero)!)
        let outcome = try await world.minute(nil, "100")
        #expect(outcome.exits == 1 && outcome.disputed.isEmpty && world.closedTrades.first?.exitPrice == price("97"))
    }

    @Test("when they agree again it is over, and said")
    func over() async throws {
        let world = try await EngineWorld.holding()
        for _ in 0..<3 { try await world.minute(.allDown, "100") }
        world.market.move(aaa, to: price("100"), at: fourteen)
        let before = world.messages.count
        try await world.minute(nil, "100")
        #expect(try world.book.troubles.isEmpty && world.messages.dropFirst(before) == [.notice])
        #expect(try world.position(aaa)?.status == .open)
    }

    @Test("what everything agrees on is acted on at once", arguments: ["50", "300"])
    func agreed(_ now: String) async throws {
        let world = try await EngineWorld.holding()
        world.move(aaa, to: now)
        #expect(try await world.minute(nil, now).exits > 0)
        #expect(try world.book.main.position(aaa) == nil && world.disputes.isEmpty)
    }

    @Test("absurd candles that nobody confirms or denies are waited with, others are read")
    func unread() async throws {
        let world = try await EngineWorld.holding()
        #expect(try await world.minute(.allDown, nil).exits == 0)
        #expect(try await world.step().blind == [aaa])
        world.market.move(aaa, to: price("96"), at: fourteen)
        #expect(try await world.minute(nil, nil).exits == 1)
    }

    @Test("a fall of 40 % in a minute sells in its third minute if neither last price nor book can be read, a shift of the decimal point never")
    func fallUnconfirmed() async throws {
        for (level, isSold) in [("60", true), ("1", false)] {
            let world = try await EngineWorld.holding()
            var exits = 0
            for minute in 0..<6 {
                world.clock.advance(by: .minutes(1))
                world.market.set(
                    aaa,
                    Candle(
                        openTime: world.clock.now - .minutes(1), open: price(level), high: price(level), low: price(level), close: price(level),
                        volume: .zero)!)
                world.quotes(nil)
                exits += try await world.step().exits
                #expect((exits > 0) == (isSold && minute >= 2), "\(level) in minute \(minute)")
            }
        }
    }

    @Test("last price and book that are both absurd sell nothing either")
    func absurdQuote() async throws {
        let world = try await EngineWorld.holding()
        for _ in 0..<3 { #expect(try await world.minute(nil, "1").exits == 0) }
        #expect(try world.disputes.count == 1 && world.book.main.breakers.isEmpty)
        world.move(aaa, to: "96")
        #expect(try await world.minute(nil, "1").exits == 1)
    }

    @Test("the hour marks what is held by last price and book, and no breaker trips on a disputed price", arguments: ["10000", "1"])
    func hour(_ wrong: String) async throws {
        let world = try await EngineWorld.holding()
        let first = try #require(world.marked.last)
        world.market.move(aaa, to: price(wrong), at: fourteen)
        world.clock.advance(by: .hours(1))
        world.quotes("100")
        try await world.cycle()
        #expect(world.marked.count == 2 && world.marked[1] == first)
        #expect(try world.book.main.breakers.isEmpty && world.book.main.value(of: world.position(aaa)!, marks: [:]) == price("100"))
    }

    @Test("a price nobody can be believed about marks nothing: the last one known stands")
    func unmarked() async throws {
        let world = try await EngineWorld.holding()
        let first = try #require(world.marked.last)
        world.market.move(aaa, to: price("10000"), at: fourteen)
        world.clock.advance(by: .hours(1))
        world.quotes(nil)
        try await world.cycle()
        #expect(world.marked.last == first)
    }

    @Test("by hand it sells at last price and book")
    func byHand() async throws {
        let world = try await EngineWorld.holding()
        try await world.minute(.allUp, "100")
        #expect(try await ManualClose(world.parts).close(aaa) == [aaa])
        #expect(world.closedTrades.first?.exitPrice == price("99.9"))
    }

    @Test("nothing is bought at a disputed price")
    func nothingBought() async throws {
        let world = try EngineWorld()
        world.buys(aaa)
        world.market.move(aaa, to: price("10000"), at: fourteen - .minutes(10))
        world.quotes("100")
        try await world.cycle()
        #expect(try world.book.main.positions.isEmpty)
        #expect(world.refusals[aaa] == "no price now")
    }
}
