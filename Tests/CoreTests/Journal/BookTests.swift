// The book is a fold: the same events give the same book, money is conserved at every step, and the
// numbers that guard the account (day, high-water mark, streak, breakers) follow their words.
import Foundation
import Market
import Risk
import Testing

@testable import Events
@testable import Kernel
@testable import Trading

@Suite("The book")
struct BookTests {
    @Test("deposits and withdrawals move every baseline with them")
    func baselines() {
        var story = Story("1000")
        #expect(story.book.main.baselines.dayEquity == nil && story.book.main.baselines.firstDepositAt == fourteen)
        story.startDay("1000")
        story.mark("1100")
        story.move("500")
        #expect(
            story.book.main.baselines.dayEquity == "1500" && story.book.main.baselines.highWaterMark == "1600"
                && story.book.main.baselines.deposited == "1500")
        story.move("-300")
        #expect(story.book.main.baselines.dayEquity == "1200" && story.book.main.baselines.highWaterMark == "1300")
        #expect(story.book.main.cash == "1200" && story.book.main.dayResult(equity: "1200").isZero)
        #expect(story.book.main.baselines.firstDepositAt == fourteen)
    }

    @Test("neither a deposit nor a withdrawal is a gain, a loss or a drawdown", arguments: ["250", "-250"] as [FixedDecimal])
    func movedMoneyIsNoResult(_ amount: FixedDecimal) {
        var story = Story("1000")
        story.startDay("1000")
        story.move(amount)
        let equity = story.book.main.equity(marks: [:])
        #expect(story.book.main.dayResult(equity: equity).isZero && story.book.main.drawdown(equity: equity) == .zero)
    }

    @Test(
        "money moved since the last mark is in the last equity, also where a reset measures anew from it",
        arguments: ["250", "-250"] as [FixedDecimal])
    func movedMoneyIsInTheLastEquity(_ amount: FixedDecimal) {
        var story = Story("1000")
        story.startDay("1000")
        story.mark("1000")
        story.move(amount)
        #expect(story.book.main.lastEquity == "1000" + amount)
        story.trip(.drawdown, until: nil)
        story.tell(.breakerReset(BreakerReset(breaker: .drawdown, reason: "looked at it")))
        #expect(story.book.main.drawdown(equity: story.book.main.equity(marks: [:])) == .zero)
    }

    @Test("a new trading day starts from its own equity; the high-water mark stays")
    func days() {
        var story = Story("1000")
        story.startDay("1000")
        story.time = story.time + .days(1)
        story.startDay("900")
        #expect(story.book.main.baselines.day == story.time.floored(to: .days(1)))
        #expect(story.book.main.dayResult(equity: "880") == "-20")
        #expect(story.book.main.drawdown(equity: "880") == "0.12")
        #expect(story.book.main.drawdown(equity: "1000") == .zero && story.book.main.drawdown(equity: "1200") == .zero)
        story.mark("1300")
        #expect(story.book.main.drawdown(equity: "1200") == Ratio(FixedDecimal("100").divided(by: "1300", rounding: .up)))
    }

    @Test("equity is cash and coins at their marks; without a mark at the entry price")
    func equity() {
        var story = Story("1000")
        story.costs = freeOfCosts
        story.buy(coinRules, "2")
        #expect(story.book.main.equity(marks: [:]) == "1000")
        #expect(story.book.main.equity(marks: [coin: Price("110")!]) == "1020")
        #expect(story.book.main.equity(marks: [coin: Price("70")!]) == "940")
        #expect(story.view(marks: [coin: Price("110")!]).notionals == [coin: "220"])
    }

    @Test("what a person closes neither lengthens a losing streak nor ends it")
    func streakByHand() {
        var story = Story("10000")
        for (reason, price, streak) in [(ExitReason.stopLoss, "97", 1), (.manual, "98", 1), (.manual, "103", 1), (.stopLoss, "97", 2)]
            as [(ExitReason, String, Int)]
        {
            story.time = story.time + .hours(1)
            story.buy()
            story.sell(reason, at: price)
            #expect(story.book.main.record.losingStreak == streak)
        }
        #expect(story.book.main.record.closed == 4 && story.book.main.record.won == 1)
    }

    @Test("three losses in a row are a streak of three, and a gain ends it")
    func streak() {
        var story = Story("10000")
        for loss in 1...3 {
            story.time = story.time + .hours(1)
            story.buy()
            story.sell(.stopLoss, at: "97")
            #expect(story.book.main.record.losingStreak == loss)
        }
        story.time = story.time + .hours(1)
        story.buy()
        story.sell(.takeProfit1, at: "103")
        story.sell(.takeProfit2, at: "105")
        story.sell(.takeProfit3, at: "108")
        #expect(story.book.main.record.losingStreak == 0 && story.book.main.record.closed == 4 && story.book.main.record.won == 1)
    }

    @Test("a breaker holds until its time, or until a person resets it")
    func breakers() {
        var story = Story()
        story.trip(.streak, until: story.time + .hours(6))
        story.trip(.drawdown, until: nil)
        #expect(story.book.main.activeBreakers(at: story.time).map(\.name) == [.streak, .drawdown])
        #expect(story.book.main.activeBreakers(at: story.time + .hours(6)).map(\.name) == [.drawdown])
        story.mark("800")
        story.tell(.breakerReset(BreakerReset(breaker: .drawdown, reason: "looked at it")))
        #expect(story.book.main.activeBreakers(at: story.time + .days(9)).isEmpty)
        // The fall was looked at: it is measured anew from where the account stands.
        #expect(story.book.main.baselines.highWaterMark == "800")
    }

    @Test("a reset of the streak starts the count anew")
    func resetStreak() {
        var story = Story()
        story.buy()
        story.sell(.stopLoss, at: "97")
        story.trip(.streak, until: nil)
        story.tell(.breakerReset(BreakerReset(breaker: .streak, reason: "looked at it")))
        #expect(story.book.main.record.losingStreak == 0 && story.book.main.breakers.isEmpty)
    }

    @Test(
        "how a trade ended is counted once, for its panel",
        arguments: [
            ([(.stopLoss, "97")], 0), ([(.takeProfit1, "103"), (.stopLoss, "97")], 1), ([(.takeProfit1, "103"), (.trailingStop, "102")], 1),
            ([(.takeProfit1, "103"), (.takeProfit2, "105"), (.trailingStop, "103")], 2),
            ([(.takeProfit1, "103"), (.takeProfit2, "105"), (.takeProfit3, "108")], 3),
            ([(.manual, "100")], nil), ([(.takeProfit1, "103"), (.emergency, "100")], nil)
        ] as [([(ExitReason, String)], Int?)])
    func outcomes(_ exits: [(ExitReason, String)], _ outcome: Int?) throws {
        var story = Story()
        story.buy()
        var closed: TradeClosed?
        for (reason, price) in exits { closed = story.sell(reason, at: price) }
        let record = try #require(closed)
        #expect(record.outcome == outcome)
        #expect(record.exits == exits.map(\.0))
        #expect(story.book.main.record.outcomes(of: "indicators") == (0..<4).map { $0 == outcome ? 1 : 0 })
        #expect(story.book.main.record.closed(of: "indicators") == (outcome == nil ? 0 : 1))
        #expect(story.book.main.record.outcomes(of: "another") == [0, 0, 0, 0])
        #expect(story.book.main.positions.isEmpty && story.book.main.orders.isEmpty)
        let isStopped = exits.last?.0 == .stopLoss || exits.last?.0 == .trailingStop
        #expect(story.book.main.stoppedOut[coin.description] == (isStopped ? fourteen : nil))
    }

    @Test("a trade's result is what the cash has changed by, and its parts' results sum to it")
    func result() throws {
        var story = Story("1000")
        story.buy(coinRules, "1.234")
        var parts = FixedDecimal.zero
        for (reason, price) in [(ExitReason.takeProfit1, "103"), (.takeProfit2, "105"), (.trailingStop, "101.5")] {
            let position = try #require(story.book.main.position(coin)), holding = try #require(position.holding)
            let closed = story.sell(reason, at: price)
            guard
                case .positionReduced(let reduced)? = story.events.map(\.event).last(where: { if case .positionReduced = $0 { true } else { false } })
            else { continue }
            parts += ExitNotice(position: position, holding: holding, reduced: reduced, closed: closed).pnl
        }
        #expect(story.book.main.cash - "1000" == story.book.main.record.pnl)
        #expect((parts - story.book.main.record.pnl).magnitude < "0.000000001")
        #expect(story.book.main.record.fees > "0.24" && story.book.main.record.fees < "0.26")
    }

    @Test("a fall of 30 % through the stop is booked as it is, beyond one R")
    func F039_lossBeyondOneR() throws {
        var story = Story("1000")
        story.startDay("1000")
        story.buy(coinRules, "2")
        let sold = story.sell(.stopLoss, at: "70")
        let closed = try #require(sold)
        #expect(closed.pnl < "-60" && closed.rMultiple < "-8" && closed.outcome == 0)
        #expect(imbalance(story.book.main.ledger, .usdt).isZero)
        #expect(story.book.main.cash == "1000" + closed.pnl)
    }

    @Test("budget: what is reserved counts, what is settled replaces it, a new day starts from nothing")
    func budget() {
        var story = Story()
        func reserve(_ call: String, _ cost: FixedDecimal) -> JournalEvent {
            .callReserved(
                CallReserved(
                    call: call, cycle: CycleId(hour: fourteen), analyst: "risk", symbol: nil, vendor: "v", model: "m", attempt: 1,
                    promptVersion: "1", promptBlob: "", cost: cost))
        }
        func settle(_ call: String, _ cost: FixedDecimal) -> JournalEvent {
            .callSettled(
                CallSettled(
                    call: call, servedModel: nil, requestId: nil, fingerprint: nil, httpStatus: 200, stopReason: nil, inputTokens: 0,
                    cachedTokens: 0, outputTokens: 0, reasoningTokens: 0, answerBlob: nil, failure: nil, repairs: [],
                    rejection: nil, cost: cost))
        }
        story.tell(reserve("1", "0.5"))
        story.tell(reserve("2", "0.3"))
        #expect(story.book.budget.used(at: story.time) == "0.8")
        story.tell(settle("1", "0.2"))
        story.tell(settle("1", "0.2"))
        // Call 2 never came back: a crash leaves it reserved, and it counts as spent.
        #expect(story.book.budget.used(at: story.time) == "0.5")
        story.time = story.time + .days(1)
        #expect(story.book.budget.used(at: story.time).isZero)
        story.tell(reserve("3", "0.1"))
        story.tell(settle("2", "0.3"))
        #expect(story.book.budget.used(at: story.time) == "0.1")
    }
}

@Suite("The book over random lives")
struct BookPropertyTests {
    private let market = ["AAA/USDT", "BBB/USDT", "CCC/USDT"].map { rules($0, lot: "0.01", minimum: "5") }

    /// One random thing that may happen now.
    private func happen(_ story: inout Story, _ numbers: inout SplitMix64) {
        story.time = story.time + .hours(1)
        let instrument = numbers.pick(market), position = story.book.main.position(instrument.symbol)
        let price = "\(FixedDecimal(flooring: 80 + 40 * numbers.unit()).rounded(places: 2, .nearest))"
        switch (numbers.below(10), position) {
        case (0, _): story.move(numbers.pick(["100", "-50", "0.000000000007"]))
        case (1, _): story.startDay(story.book.main.equity(marks: [:]))
        case (2, _): story.mark(story.book.main.equity(marks: [:]))
        case (_, nil):
            let order = story.announce(instrument, "\(FixedDecimal(flooring: 0.5 + 2 * numbers.unit()).rounded(places: 2, .up))", at: price)
            switch numbers.below(4) {
            case 0: story.fail(order)
            case 1:
                story.change(order, .loseAnswer)
                story.fill(order, instrument)
            default: story.fill(order, instrument)
            }
        case (3...6, let held?) where held.holding?.nextRung != nil:
            story.sell(.rung(held.holding?.rungsFilled ?? 0), at: price, of: instrument.symbol)
        default: story.sell(numbers.pick([.stopLoss, .trailingStop, .manual]), at: price, of: instrument.symbol)
        }
    }

    /// Every asset balances, coins owned are the coins held, and all results together are what the cash has changed by.
    private func check(_ story: Story) {
        let book = story.book
        for asset in [Currency.usdt] + market.map(\.symbol.base) { #expect(imbalance(book.main.ledger, asset).isZero) }
        for instrument in market {
            #expect(
                book.main.ledger.balance(.assets, instrument.symbol.base) == book.main.position(instrument.symbol)?.holding?.remaining.value ?? .zero)
        }
        let open = book.main.openPositions.compactMap(\.holding).reduce(FixedDecimal.zero) { $0 + $1.proceeds - $1.cost }
        #expect(book.main.cash == book.main.baselines.deposited + book.main.record.pnl + open)
        for position in book.main.openPositions {
            #expect(position.holding.map { $0.protectiveStop >= $0.bracket.stop && !$0.remaining.isZero } == true)
        }
    }

    @Test("money is conserved after every event", arguments: 1...12)
    func conserved(_ seed: Int) {
        var numbers = SplitMix64(seed: UInt64(seed) * 7_919), story = Story("5000")
        for _ in 0..<150 {
            happen(&story, &numbers)
            check(story)
        }
        #expect(story.book.main.record.closed > 10)
    }

    @Test("the fold is deterministic, from the start and from any text of the book", arguments: 1...6)
    func deterministic(_ seed: Int) throws {
        var numbers = SplitMix64(seed: UInt64(seed) * 104_729), story = Story("5000")
        for _ in 0..<80 { happen(&story, &numbers) }
        let cut = numbers.below(story.events.count)
        var first = Book()
        for entry in story.events[..<cut] { try first.apply(entry.event, at: entry.at) }
        var second = try JSONDecoder().decode(Book.self, from: JSONEncoder().encode(first))
        #expect(second == first)
        for entry in story.events[cut...] {
            try first.apply(entry.event, at: entry.at)
            try second.apply(entry.event, at: entry.at)
        }
        #expect(first == story.book && second == story.book)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let resumed = try encoder.encode(second), told = try encoder.encode(story.book)
        #expect(resumed == told)
    }
}
