// What was received is split over the rungs to the last unit, every part can be sold even at the stop,
// and what cannot be split folds or is refused before any money moves.
import Testing

@testable import Kernel
@testable import Market
@testable import Trading

/// A plan of given rises and shares, e.g. the default `[("0.03", "0.33"), …]`.
private func plan(stop: Ratio = "0.03", _ rungs: [(Ratio, Ratio)], trailing: Ratio = "0.02") -> BracketPlan? {
    BracketPlan(stopDistance: stop, rungs: rungs.map { .init(rise: $0.0, share: $0.1) }, trailingOffset: trailing)
}

@Suite("The ladder of exits")
struct ExitLadderTests {
    @Test("one whole coin becomes 33, 33 and 34 hundredths at +3, +5 and +8 % above a stop at -3 %")
    func plain() throws {
        let bracket = try plainPlan.bracket(received: Quantity("1")!, at: Price("100")!, coinRules)
        #expect(bracket.stop == Price("97")!)
        #expect(bracket.rungs.map(\.price) == ["103", "105", "108"].map { Price($0)! })
        #expect(bracket.rungs.map(\.quantity) == ["0.33", "0.33", "0.34"].map { Quantity($0)! })
        #expect(bracket.dust.isZero)
    }

    @Test("the last rung takes the remainder of the lots, and less than a lot is dust")
    func remainder() throws {
        let bracket = try plainPlan.bracket(received: Quantity("1.0019")!, at: Price("100")!, coinRules)
        #expect(bracket.rungs.map(\.quantity) == ["0.33", "0.33", "0.341"].map { Quantity($0)! })
        #expect(bracket.dust == Quantity("0.0009")!)
        #expect(bracket.quantity + bracket.dust == Quantity("1.0019")!)
    }

    // At the stop of 97 the smallest order of 10 is 0.104 coins: so shares of 60/25/15 % need about 0.69.
    @Test(
        "the ladder folds from three rungs to two to one, and below that the entry is refused",
        arguments: [
            ("0.694", [("103", "0.416"), ("105", "0.173"), ("108", "0.105")]),
            ("0.69", [("103", "0.414"), ("105", "0.172"), ("108", "0.104")]),
            ("0.68", [("103", "0.408"), ("105", "0.272")]),
            ("0.26", [("103", "0.156"), ("105", "0.104")]),
            ("0.259", [("103", "0.155"), ("105", "0.104")]),
            ("0.256", [("103", "0.256")]),
            ("0.104", [("103", "0.104")]),
            ("0.103", []),
            ("0.001", []),
            ("0.0009", [])
        ] as [(String, [(String, String)])])
    func folds(_ received: String, _ expected: [(String, String)]) throws {
        let uneven = try #require(plan([("0.03", "0.60"), ("0.05", "0.25"), ("0.08", "0.15")]))
        let bracket = try? uneven.bracket(received: Quantity(received)!, at: Price("100")!, coinRules)
        #expect(bracket?.rungs.map(\.price) ?? [] == expected.map { Price($0.0)! })
        #expect(bracket?.rungs.map(\.quantity) ?? [] == expected.map { Quantity($0.1)! })
    }

    @Test("the smallest part is measured at the stop as it stands on the grid")
    func coarseStop() throws {
        // 48.5 is no price here: the stop stands at 48, where 0.207 coins are worth less than 10.
        let bracket = try plainPlan.bracket(received: Quantity("0.628")!, at: Price("50")!, rules("X/USDT", tick: "1"))
        #expect(bracket.stop == Price("48")!)
        #expect(bracket.rungs.map(\.quantity) == [Quantity("0.628")!])
    }

    @Test("a refusal says what was too small")
    func refusals() {
        #expect(throws: Infeasible.belowMinimum(notional: "9.991", minimum: "10")) {
            try plainPlan.bracket(received: Quantity("0.103")!, at: Price("100")!, coinRules)
        }
        #expect(throws: Infeasible.belowLot) { try plainPlan.bracket(received: Quantity("0.0009")!, at: Price("100")!, coinRules) }
        #expect(throws: Infeasible.belowLot) { try plainPlan.bracket(received: .zero, at: Price("100")!, coinRules) }
        // On a grid of whole units nothing lies between 1 and its stop, nor between 10 and +3 %.
        #expect(throws: Infeasible.noPrice) { try plainPlan.bracket(received: Quantity("100")!, at: Price("1")!, rules("X/USDT", tick: "1")) }
        #expect(throws: Infeasible.noPrice) { try plainPlan.bracket(received: Quantity("100")!, at: Price("10")!, rules("X/USDT", tick: "1")) }
    }

    @Test(
        "a plan that makes no ladder cannot be built",
        arguments: [
            ("0", "0.02", [("0.03", "1")]), ("1", "0.02", [("0.03", "1")]), ("0.03", "0", [("0.03", "1")]), ("0.03", "1", [("0.03", "1")]),
            ("0.03", "0.02", []), ("0.03", "0.02", [("0.03", "0.5")]), ("0.03", "0.02", [("0.05", "0.5"), ("0.03", "0.5")]),
            ("0.03", "0.02", [("0.03", "0.5"), ("0.03", "0.5")]), ("0.03", "0.02", [("-0.03", "1")]),
            ("0.03", "0.02", [("0.03", "1.5"), ("0.05", "-0.5")]),
            ("0.03", "0.02", [("0.01", "0.25"), ("0.02", "0.25"), ("0.03", "0.25"), ("0.04", "0.25")]),
            ("0.03", "0.02", [("0.03", "0.33"), ("0.05", "0.33"), ("0.08", "0.330000000001")])
        ] as [(String, String, [(String, String)])])
    func impossible(_ stop: String, _ trailing: String, _ rungs: [(String, String)]) {
        func ratio(_ text: String) -> Ratio { Ratio(FixedDecimal(text)!) }
        #expect(plan(stop: ratio(stop), rungs.map { (ratio($0.0), ratio($0.1)) }, trailing: ratio(trailing)) == nil)
    }

    @Test("over seeds: exits and dust are what was received, every part is sellable at the stop, and prices are in order", arguments: 1...8)
    func property(_ seed: Int) throws {
        var numbers = SplitMix64(seed: UInt64(seed)), built = 0, refused = 0, folded = 0
        for _ in 0..<500 {
            let (plan, instrument, price, received) = draw(&numbers)
            do {
                let bracket = try plan.bracket(received: received, at: price, instrument)
                check(bracket, plan, instrument, price, received)
                built += 1
                folded += bracket.rungs.count < plan.rungs.count ? 1 : 0
            } catch {
                check(refusal: error, plan, instrument, price, received)
                refused += 1
            }
        }
        #expect(built > 100 && refused > 20 && folded > 20)
    }

    private func draw(_ numbers: inout SplitMix64) -> (BracketPlan, Instrument, Price, Quantity) {
        let price = numbers.spread(0.00001, 50_000)
        let tick = FixedDecimal.unit(places: max(0, min(12, Int((-Mathematics.log(price) / Mathematics.log(10)).rounded()) + 1 + numbers.below(5))))
        let lot = numbers.pick(["1", "0.1", "0.001", "0.00000001", "0.3", "25"] as [FixedDecimal])
        let instrument = rules("X/USDT", tick: tick, lot: lot, minimum: FixedDecimal(numbers.below(3) * 5))
        let onGrid = Price(max(tick, FixedDecimal(flooring: price).rounded(toMultipleOf: tick, .nearest)))!
        let received = Quantity(FixedDecimal(flooring: numbers.spread(5, 2_000) / price))!
        let first = Ratio(FixedDecimal(10 + numbers.below(40)).times("0.01", rounding: .down))
        let second = Ratio(FixedDecimal(10 + numbers.below(30)).times("0.01", rounding: .down))
        let third = Ratio(.one - first.value - second.value)
        let uneven = plan(stop: numbers.pick(["0.03", "0.01", "0.1"]), [("0.03", first), ("0.05", second), ("0.08", third)])
        return (numbers.below(2) == 0 ? plainPlan : uneven!, instrument, onGrid, received)
    }

    private func check(_ bracket: Bracket, _ plan: BracketPlan, _ instrument: Instrument, _ price: Price, _ received: Quantity) {
        #expect(bracket.rungs.reduce(bracket.dust) { $0 + $1.quantity } == received)
        #expect(bracket.dust.value < instrument.lotStep)
        #expect(bracket.stop < price && bracket.stop.value.isMultiple(of: instrument.tickSize))
        #expect((1...plan.rungs.count).contains(bracket.rungs.count))
        for rung in bracket.rungs {
            #expect(!rung.quantity.isZero && rung.quantity.value.isMultiple(of: instrument.lotStep))
            #expect(rung.price > price && rung.price.value.isMultiple(of: instrument.tickSize))
            let atStop = rung.quantity.value.times(bracket.stop.value, rounding: .down)
            #expect(atStop >= instrument.minNotional, "\(rung) at \(bracket.stop) of \(instrument)")
        }
        #expect(zip(bracket.rungs, bracket.rungs.dropFirst()).allSatisfy { $0.price <= $1.price })
        if bracket.rungs.count == plan.rungs.count {
            for (rung, planned) in zip(bracket.rungs.dropLast(), plan.rungs) {
                #expect(rung.quantity == received.flooredToLot(instrument.lotStep).portion(planned.share, lot: instrument.lotStep))
            }
        }
    }

    private func check(refusal: Infeasible, _ plan: BracketPlan, _ instrument: Instrument, _ price: Price, _ received: Quantity) {
        let stop = price.value.times(.one - plan.stopDistance.value, rounding: .nearest).rounded(toMultipleOf: instrument.tickSize, .nearest)
        let target = price.value.times(.one + plan.rungs[0].rise.value, rounding: .nearest).rounded(toMultipleOf: instrument.tickSize, .nearest)
        switch refusal {
        case .belowLot: #expect(received.value < instrument.lotStep)
        case .belowMinimum(let notional, let minimum): #expect(notional < minimum && minimum == instrument.minNotional)
        case .noPrice: #expect(stop >= price.value || !stop.isPositive || target <= price.value)
        }
    }

    @Test("dust is less than a lot, and a holding never counts it among what can be sold")
    func F041_dustBelowMinimum() throws {
        // 0.3171 coins less the fee of 0.1 %: the lots are sold, the rest is dust from the first moment on.
        let holding = sampleHolding("0.317", fee: Money("0.000317", coin.base))
        #expect(holding.received == Quantity("0.316683")!)
        #expect(holding.remaining == Quantity("0.316")!)
        #expect(holding.bracket.dust == Quantity("0.000683")!)
        #expect(holding.bracket.rungs.reduce(.zero) { $0 + $1.quantity } == holding.remaining)
        // A bracket that would leave something unsellable later is not built: one rung, the whole at once.
        #expect(sampleHolding("0.2").bracket.rungs.count == 1)
    }
}
