// Each check at its limit, a hair inside and a hair outside; all results kept, in their order; and the
// worst case: what is announced counts as if it had filled.
import Testing

@testable import Events
@testable import Kernel
@testable import Market
@testable import Risk
@testable import Settings
@testable import Trading

/// An entry that passes everything on an account of 1,000: one coin at 100.
private func entry(_ quantity: String = "1", at price: String = "100", _ instrument: Instrument = coinRules, _ costs: FillCosts = plainCosts)
    -> PlannedEntry
{
    PlannedEntry(instrument: instrument, quantity: Quantity(quantity)!, price: Price(price)!, bracket: plainPlan, costs: costs)
}

private func result(_ check: RiskCheckName, _ entry: PlannedEntry, _ account: AccountView) -> Bool? {
    RiskGate().review(entry, against: account).checks.first { $0.check == check }?.passed
}

/// One check on one story: what it must say.
private struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let check: RiskCheckName
    let passes: Bool
    let bid: PlannedEntry
    let account: @Sendable () -> AccountView
    init(_ name: String, _ check: String, _ passes: Bool, _ bid: PlannedEntry = entry(), _ account: @escaping @Sendable () -> AccountView) {
        (testDescription, self.check, self.passes, self.bid, self.account) = (
            "\(check): \(name)", RiskCheckName(rawValue: check)!, passes, bid, account
        )
    }
}

/// Equity `now` after a day that began with `day` and a peak of `peak`.
private func account(_ now: FixedDecimal, day: FixedDecimal, peak: FixedDecimal? = nil) -> AccountView {
    var story = Story(now)
    if let peak { story.startDay(peak) }
    story.time = story.time + .days(1)
    story.startDay(day)
    return story.view()
}

private func tripped(_ name: BreakerName, until: Timestamp?) -> AccountView {
    var story = Story()
    story.trip(name, until: until)
    return story.view()
}

private func holding(_ names: [String], pending: [String] = [], costs: FillCosts = plainCosts, quantity: String = "0.5") -> Story {
    var story = Story()
    story.costs = costs
    for name in names { story.buy(rules(name), quantity) }
    for name in pending { story.announce(rules(name), quantity) }
    return story
}

/// A pending entry whose planned loss leaves exactly `room` below the heat limit of 60.
private func heated(room: FixedDecimal) -> AccountView {
    var story = Story()
    story.announce(rules("OLD/USDT"), "0.5", planned: "60" - room)
    return story.view()
}

private func spent(_ cash: FixedDecimal) -> AccountView {
    var limits = RiskLimits()
    (limits.concentrationInstrument, limits.concentrationAll) = ("1", "1")
    return Story(cash).view(limits: limits)
}

private let cases: [Case] = [
    Case("off", "killSwitch", true) { Story().view() },
    Case("set by a file", "killSwitch", false) { Story().view(killSwitch: "file") },
    Case("set in the journal", "killSwitch", false) {
        var story = Story()
        story.tell(.killSwitchSet(KillSwitchSet(engaged: true, reason: "halt")))
        return story.view()
    },
    Case("taken back", "killSwitch", true) {
        var story = Story()
        story.tell(.killSwitchSet(KillSwitchSet(engaged: true, reason: "halt")))
        story.tell(.killSwitchSet(KillSwitchSet(engaged: false, reason: "go")))
        return story.view()
    },
    Case("none", "circuitBreakers", true) { Story().view() },
    Case("a cool-down to come", "circuitBreakers", false) { tripped(.streak, until: fourteen + TimeSpan(milliseconds: 1)) },
    Case("a cool-down over this very moment", "circuitBreakers", true) { tripped(.streak, until: fourteen) },
    Case("one that a person must end", "circuitBreakers", false) { tripped(.drawdown, until: nil) },
    Case("two of three", "openPositions", true) { holding(["AAA/USDT"], pending: ["BBB/USDT"]).view() },
    Case("three of three, one of them pending", "openPositions", false) { holding(["AAA/USDT", "BBB/USDT"], pending: ["CCC/USDT"]).view() },
    Case("a gain", "dailyLossAmount", true) { account("1200", day: "1000") },
    Case("99.99 lost", "dailyLossAmount", true) { account("1000", day: "1099.99") },
    Case("100 lost", "dailyLossAmount", false) { account("1000", day: "1100") },
    Case("a hair below 10 %", "dailyLossPercent", true) { account("810.01", day: "900") },
    Case("exactly 10 %", "dailyLossPercent", false) { account("810", day: "900") },
    Case("a hair below 15 %", "drawdown", true) { account("850.01", day: "850.01", peak: "1000") },
    Case("exactly 15 %", "drawdown", false) { account("850", day: "850", peak: "1000") },
    Case("something free", "balance", true) { Story().view() },
    Case("nothing there", "balance", false) { Story("0").view() },
    Case("all of it announced away", "balance", false) {
        var story = Story()
        story.announce(rules("OLD/USDT"), "10")
        return story.view()
    },
    Case("no size", "balance", false, entry("0")) { Story().view() },
    Case("a stop", "stopBelowEntry", true) { Story().view() },
    Case("none on this grid", "stopBelowEntry", false, entry("100", at: "10", rules("X/USDT", tick: "1"))) { Story().view() },
    Case("room for exactly this loss", "heat", true) { heated(room: entry().risk) },
    Case("a hair too little room", "heat", false) { heated(room: entry().risk - .ulp) },
    Case("a quarter of equity", "concentration", true, entry("2.5", coinRules, freeOfCosts)) { Story().view() },
    Case("one lot more", "concentration", false, entry("2.501", coinRules, freeOfCosts)) { Story().view() },
    Case("the slippage counts", "concentration", false, entry("2.5")) { Story().view() },
    Case("three quarters in all", "concentration", true, entry("2.5", coinRules, freeOfCosts)) {
        holding(["AAA/USDT"], pending: ["BBB/USDT"], costs: freeOfCosts, quantity: "2.5").view()
    },
    Case("in all, one lot more", "concentration", false, entry("2.5", coinRules, freeOfCosts)) {
        var story = holding(["AAA/USDT"], costs: freeOfCosts, quantity: "2.5")
        story.announce(rules("BBB/USDT"), "2.501")
        return story.view()
    },
    Case("what is held has risen", "concentration", false, entry("2.5", coinRules, freeOfCosts)) {
        holding(["AAA/USDT", "BBB/USDT"], costs: freeOfCosts, quantity: "2.5").view(marks: [Symbol("AAA/USDT")!: Price("120")!])
    },
    Case("every cent", "cash", true, entry("10", coinRules, freeOfCosts)) { spent("1000") },
    Case("one lot more", "cash", false, entry("10.001", coinRules, freeOfCosts)) { spent("1000") },
    Case("the slippage counts", "cash", false, entry("10")) { spent("1000.9999") },
    Case("whole lots", "feasibility", true) { Story().view() },
    Case("a broken lot", "feasibility", false, entry("1.0005")) { Story().view() },
    Case("sellable at the stop after the fee", "feasibility", true, entry("0.105")) { Story().view() },
    Case("too small at the stop", "feasibility", false, entry("0.103")) { Story().view() },
    Case("less than a lot after the fee", "feasibility", false, entry("1", rules("X/USDT", lot: "1", minimum: "0"))) { Story().view() },
    Case("nothing at all", "feasibility", false, entry("0")) { Story().view() }
]

private func entry(_ quantity: String, _ instrument: Instrument, _ costs: FillCosts = plainCosts) -> PlannedEntry {
    entry(quantity, at: "100", instrument, costs)
}

@Suite("The risk gate")
struct RiskGateTests {
    @Test("each check inside, at and outside its limit", arguments: cases)
    private func limits(_ row: Case) {
        #expect(result(row.check, row.bid, row.account()) == row.passes)
    }

    @Test("all checks are evaluated and kept, in the order of the rules, whatever fails")
    func order() {
        let names: [RiskCheckName] = [
            .killSwitch, .circuitBreakers, .openPositions, .dailyLossAmount, .dailyLossPercent, .drawdown, .balance, .stopBelowEntry, .heat,
            .concentration, .cash, .feasibility
        ]
        let good = RiskGate().review(entry(), against: Story().view())
        #expect(good.checks.map(\.check) == names)
        #expect(good.approved?.entry == entry() && good.firstRefusal == nil)
        var limits = RiskLimits()
        limits.maxOpenPositions = 0
        let bad = RiskGate().review(entry("0"), against: Story("0").view(limits: limits, killSwitch: "halt"))
        #expect(bad.checks.map(\.check) == names)
        #expect(bad.approved == nil && bad.firstRefusal?.check == .killSwitch)
        #expect(bad.checks[0].found == .killSwitch(halted: "halt") && bad.checks[2].found == .openPositions(open: 0, limit: 0))
        #expect(RiskGate().review(entry("0"), against: Story("0").view(limits: limits)).firstRefusal?.check == .openPositions)
    }

    @Test("one refusal is enough, whichever it is", arguments: cases.filter { !$0.passes })
    private func anyRefusal(_ row: Case) {
        #expect(RiskGate().review(row.bid, against: row.account()).approved == nil)
    }

    @Test("an announced entry counts as filled until the venue says otherwise, unknown or not")
    func worstCase() {
        var story = Story()
        let order = story.announce(rules("OLD/USDT"), "2", planned: "7")
        for event in [nil, OrderEvent.loseAnswer] {
            if let event { story.change(order, event) }
            let view = story.view()
            #expect(view.positions == 1 && view.heat == "7")
            #expect(view.notionals[order.symbol] == "200.2")
            #expect(view.freeCash == "798")
        }
        story.fail(order, .confirmAbsent)
        #expect(story.view().positions == 0 && story.view().freeCash == "1000" && story.view().notionals.isEmpty && story.view().heat == .zero)
    }

    @Test("an open position's heat follows its protective stop, costs included")
    func openHeat() {
        var story = Story()
        story.buy(coinRules, "1")
        let initial = story.view().heat
        #expect(initial > "3.2" && initial < "3.7")
        let position = story.book.main.position(coin)!
        var watch = position.holding!.watch
        watch.trailingStop = Price("103")!
        story.tell(.positionMarked(PositionMarked(trade: position.trade, watch: watch)))
        #expect(story.view().heat == .zero)
    }

    @Test("no setting reaches above the compiled-in ceiling")
    func ceiling() {
        var wild = RiskLimits(profile: .bold)
        wild.riskPerTrade = "0.5"
        wild.heat = "0.9"
        wild.dailyLoss = "0.99"
        wild.drawdown = "0.99"
        wild.kellyFactor = "3"
        let tamed = wild.withinCeiling
        #expect([tamed.riskPerTrade, tamed.heat, tamed.dailyLoss, tamed.drawdown, tamed.kellyFactor] == ["0.02", "0.06", "0.10", "0.25", "0.50"])
        #expect(wild.problems().count >= 5)
        for name in RiskProfile.Name.allCases { #expect(RiskLimits(profile: name).withinCeiling == RiskLimits(profile: name)) }
    }

    @Test(
        "the profiles are those of the rules",
        arguments: [
            (RiskProfile.Name.cautious, ["0.005", "0.02", "0.03", "0.08", "0.10"]), (.standard, ["0.02", "0.06", "0.10", "0.15", "0.25"]),
            (.bold, ["0.02", "0.06", "0.10", "0.20", "0.50"])
        ] as [(RiskProfile.Name, [Ratio])])
    func profiles(_ name: RiskProfile.Name, _ numbers: [Ratio]) {
        let limits = RiskLimits(profile: name)
        #expect([limits.riskPerTrade, limits.heat, limits.dailyLoss, limits.drawdown, limits.kellyFactor] == numbers)
        #expect(limits.maxOpenPositions == 3 && limits.dailyLossAmount == "100")
    }
}
