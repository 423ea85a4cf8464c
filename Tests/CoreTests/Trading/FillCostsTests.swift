// What paper money pays: every rounding is against us, and what a stop really loses is never more
// than what was planned for it.
import Market
import Testing

@testable import Events
@testable import Kernel
@testable import Risk
@testable import Trading

@Suite("The costs of a paper fill")
struct FillCostsTests {
    @Test(
        "a buy slips up and a sale down, on the grid and against us",
        arguments: [
            (Side.buy, "100", "0.01", "100.1"), (.sell, "100", "0.01", "99.9"),
            (.buy, "100.004", "0.001", "100.105"), (.sell, "100.004", "0.001", "99.903"),
            (.buy, "100", "1", "101"), (.sell, "100", "1", "99"), (.buy, "0.00001234", "0.00000001", "0.00001236"),
            (.sell, "0.00001234", "0.00000001", "0.00001232")
        ])
    func slips(_ side: Side, _ near: String, _ tick: String, _ expected: String) throws {
        #expect(plainCosts.executed(side, near: try #require(Price(near)), tick: try #require(FixedDecimal(tick))) == Price(expected))
    }

    @Test("where the slipped price is no price there is no fill")
    func noPrice() throws {
        #expect(plainCosts.executed(.sell, near: try #require(Price("0.5")), tick: "1") == nil)
        #expect(plainCosts.fill(sampleOrder(.sell), near: try #require(Price("0.5")), tick: "1", at: fourteen) == nil)
        #expect(plainCosts.executed(.buy, near: try #require(Price(Price.ceiling)), tick: "1") == nil)
    }

    @Test("the fee of a buy is taken in base, that of a sale in quote, both rounded up")
    func fees() throws {
        let bought = try #require(plainCosts.fill(sampleOrder(.buy, "0.123456789012"), near: Price("100")!, tick: "0.01", at: fourteen))
        #expect(bought.fee == Money("0.00012345679", coin.base))
        #expect(bought.price == Price("100.1")! && bought.quantity == Quantity("0.123456789012")!)
        let sold = try #require(plainCosts.fill(sampleOrder(.sell, "0.5"), near: Price("100")!, tick: "0.01", at: fourteen))
        #expect(sold.fee == Money("0.04995", coin.quote))
        #expect(sold.notional == Money("49.95", coin.quote))
        #expect(sold.time == fourteen && sold.order == sampleOrder(.sell).id)
    }

    @Test("the same order near the same price is the same fill, id and all")
    func pure() {
        let order = sampleOrder(.buy, "0.7")
        #expect(
            plainCosts.fill(order, near: Price("3.21")!, tick: "0.01", at: fourteen)
                == plainCosts.fill(order, near: Price("3.21")!, tick: "0.01", at: fourteen))
    }

    @Test("without costs the loss at the stop is the distance to it, with them it is more")
    func loss() {
        #expect(freeOfCosts.lossAtStop(Quantity("2")!, entry: Price("100")!, stop: Price("97")!) == "6")
        let costly = plainCosts.lossAtStop(Quantity("2")!, entry: Price("100")!, stop: Price("97")!)
        #expect(costly > "6.78" && costly < "6.79")
        #expect(freeOfCosts.lossAtStop(Quantity("2")!, entry: Price("100")!, stop: Price("101")!) == .zero)
    }

    @Test("over seeds: a plain stop never loses more than was planned, whatever the tick and the lot", arguments: 1...10)
    func planned(_ seed: Int) throws {
        var numbers = SplitMix64(seed: UInt64(seed) * 31), traded = 0
        for _ in 0..<300 {
            let near = numbers.spread(0.0001, 50_000)
            let tick = FixedDecimal.unit(
                places: max(0, min(12, Int((-Mathematics.log(near) / Mathematics.log(10)).rounded()) + 2 + numbers.below(4))))
            let lots: [FixedDecimal] = [FixedDecimal(flooring: 3 / near), "0.00000001"]
            let lot = max(.ulp, numbers.pick(lots))
            let instrument = rules("X/USDT", tick: tick, lot: lot, minimum: "5")
            let price = Price(max(tick, FixedDecimal(flooring: near).rounded(toMultipleOf: tick, .nearest)))!
            let quantity = Quantity(FixedDecimal(flooring: numbers.spread(20, 2_000) / near))!.flooredToLot(lot)
            let costs = FillCosts(fee: numbers.pick(["0", "0.001", "0.01"]), slippage: numbers.pick(["0", "0.001", "0.005"]))
            guard !quantity.isZero else { continue }
            let entry = PlannedEntry(instrument: instrument, quantity: quantity, price: price, bracket: plainPlan, costs: costs)
            let buy = Order(
                id: .entry(.none, TradeId(1)), trade: TradeId(1), symbol: instrument.symbol,
                side: .buy, type: .market, role: .entry, quantity: quantity, referencePrice: price, createdAt: fourteen)
            guard let bought = costs.fill(buy, near: price, tick: tick, at: fourteen),
                let holding = Holding(position: pendingPosition(instrument.symbol, instrument), entry: Executed(bought))
            else { continue }
            let stopped = Order(
                id: .exit(.none, TradeId(1), number: 1), trade: TradeId(1), symbol: instrument.symbol, side: .sell, type: .stopLoss,
                role: .exit(.stopLoss), quantity: holding.remaining, referencePrice: holding.bracket.stop, createdAt: fourteen)
            guard let sold = costs.fill(stopped, near: holding.bracket.stop, tick: tick, at: fourteen) else { continue }
            traded += 1
            #expect(bought.notional.amount <= entry.notional)
            #expect(holding.bracket.stop == entry.stop)
            let lost = holding.cost - (sold.notional.amount - sold.fee.amount)
            #expect(lost <= entry.risk, "\(quantity) at \(price), tick \(tick), lot \(lot)")
            // On a fine grid the plan is also not far too careful: within what one lot is worth.
            #expect(entry.risk - lost <= quantity.value.times(price.value, rounding: .up).times("0.03", rounding: .up))
        }
        #expect(traded > 100)
    }

    @Test("a fee taken in quote is part of the cost and not of the mean exit price")
    func feeInQuote() throws {
        var position = pendingPosition()
        _ = position.handle(.fillEntry)
        var holding = sampleHolding("1", fee: Money("0.5", coin.quote))
        #expect(holding.received == Quantity("1")! && holding.cost == "100.5" && holding.fees == "0.5")
        holding.remaining = .zero
        holding.proceeds = "103"
        position.holding = holding
        let last = PositionReduced(
            trade: TradeId(1), order: .exit(.none, TradeId(1), number: 1), reason: .manual, quantity: Quantity("1")!,
            price: Price("103")!, fee: Money(.zero, coin.quote), proceeds: "103", remaining: .zero)
        let closed = try #require(TradeClosed(position: position, last: last, time: fourteen))
        #expect(closed.exitPrice == Price("103")! && closed.pnl == "2.5" && closed.outcome == nil)
    }
}
