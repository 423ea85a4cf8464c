// The size is the least of everything that may limit it, in whole lots, and says which one it was.
import Foundation
import Testing

@testable import Kernel
@testable import Market
@testable import Risk
@testable import Trading

/// An agreed instrument with odds good enough that every Kelly term is large, on a roomy account.
private func request(_ change: (inout SizingRequest) -> Void = { _ in }) -> SizingRequest {
    var request = SizingRequest(
        instrument: Instrument(symbol: Symbol("LINK/USDT")!, tickSize: "0.001", lotStep: "0.01", minNotional: "10")!,
        entry: Price("14.212")!, stop: Price("13.786")!, ladder: standardLadder, fee: "0.001", slippage: "0.001",
        conviction: "0.8", baseRates: [0.2, 0.1, 0.2, 0.5], closedByOutcome: [20, 10, 20, 50], closedTrades: 100, isPaper: true,
        kellyFactor: "0.25", riskPerTrade: "0.02", drawdownLimit: "0.15", equity: "1000", heatLeft: "60",
        concentrationLeft: "250", cash: "1000")
    change(&request)
    return request
}

/// Driftless odds and a middling conviction: what an ordinary hour looks like.
private func ordinary(_ change: (inout SizingRequest) -> Void = { _ in }) -> SizingRequest {
    request {
        $0.baseRates = standardLadder.driftlessProbabilities
        $0.conviction = "0.52"
        $0.closedByOutcome = [0, 0, 0, 0]
        $0.closedTrades = 0
        change(&$0)
    }
}

/// A change to the request and what must follow from it.
private struct Change<Expected: Sendable>: Sendable {
    let expected: Expected
    let apply: @Sendable (inout SizingRequest) -> Void
    init(_ expected: Expected, _ apply: @escaping @Sendable (inout SizingRequest) -> Void) {
        self.expected = expected
        self.apply = apply
    }
}

@Suite("Kelly sizing")
struct KellySizingTests {
    @Test(
        "each bound binds where it is the least, and the report names it",
        arguments: [
            Change(.concentration, { _ in }),
            Change(
                .riskPerTrade,
                {
                    $0.concentrationLeft = "1000"; $0.riskPerTrade = "0.005"
                }),
            Change(.heat, { $0.heatLeft = "3" }),
            Change(.cash, { $0.cash = "100" }),
            Change(.kelly, { $0.kellyFactor = "0.001" }),
            Change(.drawdown, { $0.drawdownLimit = "0.01" }),
            Change(
                .cautious,
                {
                    $0.closedByOutcome = [40, 13, 12, 35]; $0.baseRates = [0.40, 0.13, 0.12, 0.35]; $0.conviction = "0.5"; $0.kellyFactor = "0.5"
                    $0.drawdownLimit = "0.9"; $0.concentrationLeft = "1000"; $0.riskPerTrade = "0.1"
                }),
            Change(
                .probe,
                {
                    $0.closedTrades = 3; $0.closedByOutcome = [3, 0, 0, 0]; $0.baseRates = [0.6, 0.1, 0.1, 0.2]
                })
        ] as [Change<SizingBound>])
    fileprivate func binds(_ change: Change<SizingBound>) throws {
        let bound = change.expected
        let report = KellySizing.size(request(change.apply))
        #expect(report.bound == bound, "\(report.caps)")
        #expect(report.refusal == nil)
        let cap = try #require(report.caps.first { $0.bound == bound })
        // A lot is 0.14 USDT here: the size uses its cap up to the last lot, and where the loss is what is limited, what the
        // fee leaves of a lot is part of it.
        #expect(report.notional <= cap.notional)
        #expect(cap.notional - report.notional < ([.riskPerTrade, .heat].contains(bound) ? "5" : "0.143"))
    }

    @Test(
        "what is less than a lot counts at the stop: a size shrinks until all of it fits into the account's limits, or there is none",
        arguments: [
            // BNB at 1,999 with lots of 0.001: the fee of any small purchase leaves nearly a lot, two USDT, unsold.
            ("1000", "0.0025", "1000", Double?(20)), ("1000", "0.02", "1000", 20), ("1000", "0.02", "7", 7), ("150", "0.02", "150", 3),
            ("80", "0.005", "80", nil), ("50", "0.005", "50", nil),
            ("1000", "0.0025", "1.5", nil)
        ] as [(FixedDecimal, Ratio, FixedDecimal, Double?)])
    func coarseLot(equity: FixedDecimal, probeRisk: Ratio, heatLeft: FixedDecimal, limit: Double?) throws {
        let instrument = Instrument(symbol: Symbol("BNB/USDT")!, tickSize: "0.01", lotStep: "0.001", minNotional: "5")!
        let report = KellySizing.size(
            ordinary {
                $0.instrument = instrument
                ($0.entry, $0.stop) = (Price("1999.13")!, Price("1939.16")!)
                ($0.equity, $0.cash, $0.concentrationLeft, $0.heatLeft, $0.probeRisk) = (equity, equity, equity, heatLeft, probeRisk)
            })
        guard let limit else {
            #expect(report.refusal == .coarseLot && report.quantity.isZero, "\(report)")
            return
        }
        #expect(report.refusal == nil && report.isProbe && report.atRisk.double <= limit, "\(report.atRisk)")
        // A probe of 2 % uses its limit up to two lots; a usual one is sized for less.
        if probeRisk == "0.02" { #expect(report.atRisk.double > limit - 0.14) }
        let entry = PlannedEntry(
            instrument: instrument, quantity: report.quantity, price: Price("1999.13")!, bracket: plainPlan,
            costs: FillCosts(fee: "0.001", slippage: "0.001"))
        #expect(entry.risk <= report.atRisk && entry.risk > report.atRisk.times("0.9", rounding: .down))
    }

    @Test("an ordinary hour is a probe of 0.25 % at risk, with every number to tell")
    func probe() throws {
        let report = KellySizing.size(ordinary())
        #expect(report.isProbe && report.bound == .probe && report.refusal == nil)
        // With what is less than a lot of 0.14 USDT.
        #expect(report.atRisk.double > 2.49 && report.atRisk.double < 2.65)
        #expect(report.quantity.value.isMultiple(of: "0.01"))
        let odds = try #require(report.odds), fractions = try #require(report.fractions)
        #expect((try #require(odds.breakEvenStop) - 0.453).magnitude < 5e-4)
        #expect(fractions.raw == 0 && fractions.cautious == 0 && fractions.drawdown == 0)
        #expect(odds.meanNet < 0)
        #expect(odds.tilt > 0 && odds.tilt < 0.02)
    }

    @Test("the configured weight of the prior is the one reported and the one cautious Kelly goes by")
    func priorWeight() throws {
        let light = KellySizing.size(
            ordinary {
                $0.priorWeight = 5; $0.conviction = "0.9"
            })
        let heavy = KellySizing.size(
            ordinary {
                $0.priorWeight = 2_000; $0.conviction = "0.9"
            })
        #expect(try #require(light.odds).priorWeight == 5 && #require(heavy.odds).priorWeight == 2_000)
        // The same odds: only how much stands behind them differs.
        #expect(light.odds?.posterior == heavy.odds?.posterior)
        #expect(try #require(light.fractions).cautious < #require(heavy.fractions).cautious)
    }

    @Test(
        "who may probe",
        arguments: [
            (true, 0, nil), (true, 29, nil), (true, 30, .kellyNotPositive), (false, 0, .kellyNotPositive), (false, 29, .kellyNotPositive)
        ] as [(Bool, Int, SizingRefusal?)])
    func mayProbe(_ isPaper: Bool, _ closed: Int, _ refusal: SizingRefusal?) {
        let report = KellySizing.size(
            ordinary {
                $0.isPaper = isPaper; $0.closedTrades = closed
            })
        #expect(report.refusal == refusal)
        #expect(report.isProbe == (refusal == nil))
        #expect(report.quantity.isZero == (refusal != nil))
        #expect(report.fractions != nil)
    }

    @Test("odds that justify a little never buy less than odds that justify nothing")
    func floor() throws {
        let nothing = KellySizing.size(ordinary())
        let little = KellySizing.size(ordinary { $0.conviction = "0.8" })
        #expect(try #require(little.fractions).raw > 0)
        #expect(little.isProbe)
        #expect(little.quantity == nothing.quantity)
    }

    @Test(
        "a probe obeys the account's limits too",
        arguments: [
            Change(.heat, { $0.heatLeft = "1" }), Change(.cash, { $0.cash = "20" }), Change(.concentration, { $0.concentrationLeft = "30" }),
            Change(.riskPerTrade, { $0.riskPerTrade = "0.001" })
        ] as [Change<SizingBound>])
    fileprivate func probeIsLimited(_ change: Change<SizingBound>) {
        let bound = change.expected
        let report = KellySizing.size(ordinary(change.apply))
        #expect(report.isProbe && report.bound == bound && report.refusal == nil)
    }

    @Test(
        "no room, no equity, too little and nonsense are refused by name",
        arguments: [
            Change(.noRoom, { $0.heatLeft = "0" }), Change(.noRoom, { $0.cash = "-5" }), Change(.noRoom, { $0.concentrationLeft = "-1" }),
            Change(.noEquity, { $0.equity = "0" }), Change(.noEquity, { $0.equity = "-10" }),
            Change(.belowMinimum, { $0.cash = "9" }),
            Change(.belowMinimum, { $0.instrument = Instrument(symbol: Symbol("LINK/USDT")!, tickSize: "0.001", lotStep: "100", minNotional: "0")! }),
            Change(.malformed, { $0.stop = $0.entry }), Change(.malformed, { $0.baseRates = [0.5, 0.5] }),
            Change(.malformed, { $0.baseRates = [.nan, 0.1, 0.2, 0.2] }),
            Change(.malformed, { $0.baseRates = [0, 0.2, 0.3, 0.5] }), Change(.malformed, { $0.baseRates = [0.5, 0.5, 0.5, 0.5] }),
            Change(.malformed, { $0.closedByOutcome = [1, -1, 0, 0] }), Change(.malformed, { $0.conviction = "1.01" }),
            Change(.malformed, { $0.fee = "1" }),
            Change(.malformed, { $0.kellyFactor = "-0.25" }), Change(.kellyNotPositive, { $0.drawdownLimit = "0" })
        ] as [Change<SizingRefusal>])
    fileprivate func refused(_ change: Change<SizingRefusal>) {
        let refusal = change.expected
        let report = KellySizing.size(request(change.apply))
        #expect(report.refusal == refusal)
        #expect(report.quantity.isZero && report.notional.isZero && report.atRisk.isZero)
    }

    @Test("the loss at the stop counts both fees and both slippages")
    func loss() throws {
        let share = try #require(LossAtStop.share(entry: Price("100")!, stop: Price("97")!, fee: "0.001", slippage: "0.001"))
        #expect((share.double - 0.03387321775224761).magnitude < 1e-11)
        #expect(LossAtStop.share(entry: Price("100")!, stop: Price("100")!, fee: "0.001", slippage: "0.001") == nil)
    }

    @Test("closed trades move the odds: losers shrink the size, winners grow it")
    func evidence() throws {
        func raw(_ counts: [Int]) throws -> Double {
            try #require(KellySizing.size(ordinary { $0.closedByOutcome = counts }).fractions).raw
        }
        #expect(try raw([5, 5, 5, 25]) > 1)
        #expect(try raw([25, 5, 5, 5]) == 0)
    }

    @Test("over seeds: no cap is ever exceeded, nothing is negative, quantities are whole lots, and it reads back from its text")
    func property() throws {
        var numbers = SplitMix64(seed: 2024), entered = 0
        func amount(_ most: Double) -> FixedDecimal { FixedDecimal(flooring: numbers.unit() * most) }
        func share(_ most: Double) -> Ratio { Ratio(amount(most)) }
        for _ in 0..<1_000 {
            let entry = price(Mathematics.exp(numbers.normal() * 3) + 0.001)
            let raw = (0..<4).map { _ in numbers.unit() + 0.02 }
            let lots: [FixedDecimal] = ["1", "0.01", "0.00001", "0.000000000001", "0.3"]
            let drawn = request {
                $0.instrument = Instrument(
                    symbol: Symbol("X/USDT")!, tickSize: "0.000001", lotStep: lots[Int(numbers.next() % 5)], minNotional: amount(20))!
                $0.entry = entry
                $0.stop = price(entry.double * (0.95 + 0.04 * numbers.unit()))
                $0.baseRates = raw.map { $0 / raw.reduce(0, +) }
                $0.closedByOutcome = (0..<4).map { _ in Int(numbers.next() % 30) }
                $0.closedTrades = $0.closedByOutcome.reduce(0, +)
                $0.isPaper = numbers.unit() < 0.5
                $0.conviction = share(1)
                $0.kellyFactor = share(0.5)
                $0.riskPerTrade = share(0.02)
                $0.drawdownLimit = share(0.25)
                $0.equity = amount(100_000)
                $0.heatLeft = amount(6_000) - "100"
                $0.concentrationLeft = amount(25_000) - "500"
                $0.cash = amount(100_000)
            }
            guard drawn.stop < drawn.entry else { continue }
            let report = KellySizing.size(drawn)
            #expect(report.quantity.value.isMultiple(of: drawn.instrument.lotStep))
            #expect((report.refusal == nil) == !report.quantity.isZero)
            #expect(!report.notional.isNegative && !report.atRisk.isNegative)
            for cap in report.caps where !(report.isProbe && [.kelly, .cautious, .drawdown].contains(cap.bound)) {
                #expect(report.notional <= cap.notional, "\(cap.bound)")
            }
            if !report.quantity.isZero {
                entered += 1
                #expect(report.atRisk <= drawn.heatLeft)
                #expect(report.atRisk <= drawn.equity.times(drawn.riskPerTrade.value, rounding: .down))
                #expect(report.notional >= drawn.instrument.minNotional)
                #expect(!report.isProbe || (drawn.isPaper && drawn.closedTrades < 30))
            }
            #expect(KellySizing.size(drawn) == report)
            if entered % 50 == 1 {
                #expect(try JSONDecoder().decode(SizingReport.self, from: JSONEncoder().encode(report)) == report)
            }
        }
        #expect(entered > 150)
    }

    @Test(
        "a Double becomes money only downwards",
        arguments: [
            (0.1, "0.1"), (1e-13, "0"), (-1.0, "0"), (.nan, "0"), (.infinity, "0"), (123.456, "123.456"), (1.0 / 3, "0.333333333333")
        ])
    func flooring(_ value: Double, _ text: String) {
        let floored = FixedDecimal(flooring: value)
        #expect((floored.double - (FixedDecimal(text)?.double ?? -1)).magnitude <= 1e-12)
        #expect(!(floored.double > value && value > 0))
    }
}
