// The hour on a phone: the verdict first, two lines where nothing happened, figures that carry their base.
import Events
import Kernel
import Market
import Risk
import Settings
import Testing
import Trading

@testable import Messaging

private let time = Timestamp(iso8601: "2026-01-05T14:00:00Z")!
private func symbol(_ base: String) -> Symbol { Symbol("\(base)/USDT")! }
private let rows = [
    HourlyReport.Row(symbol: symbol("ARB"), now: "0.029", atStop: "0.013", targetIn: "0.021"),
    HourlyReport.Row(symbol: symbol("APT"), now: "0.029", atStop: "-0.03", targetIn: "0.001"),
    HourlyReport.Row(symbol: symbol("ICP"), now: "0.008", atStop: "-0.03", targetIn: nil)
]

private func report(
    positions: [HourlyReport.Row] = [], entries: [EntryNotice] = [], refused: [HourlyReport.Unbought] = [], models: HourlyReport.ModelCost? = nil,
    troubles: [Trouble] = [], problems: [HourlyReport.Problem] = [], notes: [HourNote] = []
) -> HourlyReport {
    HourlyReport(
        time: time, next: time + .hours(1), mode: "paper", world: "synthetic market", quote: .usdt, equity: "1004.47", dayChange: "0.0045",
        sinceStart: "0.0045", startedAt: time - .days(4), holdingAll: "0.009", positions: positions, entries: entries, refused: refused,
        deciders: .panel("indicators"), models: models, troubles: troubles, problems: problems, notes: notes)
}

private func text(_ report: HourlyReport, zone: DisplayZone = .utc) -> MessageText { MessageRenderer(zone: zone).text(of: .summary(report)) }
private func problem(_ what: HourProblem, told: Bool = false) -> HourlyReport.Problem { .init(what, isTold: told) }

@Suite("The hourly summary")
struct HourlySummaryTests {
    @Test("an hour without an event is two lines, also while something is held")
    func empty() {
        #expect(
            text(report()).plain == """
                ◷ +0.45 % today · nothing open · nothing to do
                Equity 1,004.47 USDT · +0.45 % since 1 Jan, holding all +0.9 % · paper · synthetic market · 14:00 UTC
                """)
        #expect(text(report(positions: rows)).plain.split(separator: "\n").count == 2)
    }

    @Test("an hour with an event shows what is held in named columns, what was bought and why, and what was not and why")
    func full() {
        let votes = [
            PanelVote(analyst: "trend", agrees: true, conviction: "0.81"), .init(analyst: "momentum", agrees: true, conviction: "0.74"),
            .init(analyst: "meanReversion", agrees: false, conviction: nil)
        ]
        let entry = EntryNotice(
            trade: TradeId(4), cycle: CycleId(hour: time), symbol: symbol("LINK"), quote: .usdt, mode: "paper", tick: "0.001",
            quantity: Quantity("5.27")!, price: Price("14.212")!, cost: "75", stop: Price("13.786")!, stopDistance: "0.03", targets: [],
            risk: "2.5", riskShare: "0.0025", isProbe: true, votes: votes)
        let refused = [
            HourlyReport.Unbought(symbol: symbol("AVAX"), reason: .vetoed(by: "risk", why: "volatility is 3.1 times its month's")),
            .init(symbol: symbol("BTC"), reason: .check(CheckResult(.openPositions(open: 5, limit: 5), passed: false))),
            .init(symbol: symbol("ETH"), reason: .check(CheckResult(.openPositions(open: 5, limit: 5), passed: false)))
        ]
        let shown = text(report(positions: rows, entries: [entry], refused: refused, models: .init(hour: "0.02", today: "0.31", limit: "2")))
        #expect(
            shown.plain == """
                ◷ +0.45 % today · 3 open · nothing to do
                Equity 1,004.47 USDT · +0.45 % since 1 Jan, holding all +0.9 % · paper · synthetic market · 14:00 UTC

                        now  at stop  target in
                ARB  +2.9 %   +1.3 %      2.1 %
                APT  +2.9 %   −3.0 %      0.1 %
                ICP  +0.8 %   −3.0 %          –

                Bought LINK 75.00 USDT at 14.212: trend 0.81 and momentum 0.74 agree, no veto
                Not bought AVAX: risk: volatility is 3.1 times its month's
                Not bought BTC, ETH: 5 open already, the limit is 5
                AI 0.02 USD this hour, 0.31 of 2.00 today · next 15:00
                """)
        #expect(shown.html.contains("<pre>        now  at stop  target in\n"))
    }

    @Test(
        "what is wrong takes the first line's place, troubles before the hour's own problems, and calls nobody twice",
        arguments: [(false, true), (true, false)])
    func wrong(_ isTold: Bool, _ isUrgent: Bool) {
        let trouble = Trouble(.blind, "ETC/USDT", since: time - .minutes(3), why: "timeout")
        let wrong = report(troubles: [trouble], problems: [problem(.source(name: "coingecko", isStale: false, detail: ""), told: isTold)])
        let lines = text(wrong).plain.split(separator: "\n")
        #expect(lines[0] == "■ ETC/USDT has no readable price, its stop is blind: timeout, since 13:57")
        #expect(lines[1] == "■ Source lost: coingecko")
        #expect(lines[2].contains("+0.45 % today · nothing open") && !lines.contains { $0.contains("nothing to do") })
        #expect(wrong.isUrgent == isUrgent && Message.summary(wrong).kind == (isUrgent ? .urgentSummary : .summary))
    }

    @Test("moments in reasons are told in the report's zone, which is named once")
    func zones() throws {
        let zone = try #require(DisplayZone(offset: "+09:00"))
        let refused = [
            HourlyReport.Unbought(
                symbol: symbol("ARB"),
                reason: .refused(
                    .stoppedOut(at: time - .minutes(42), until: time + .hours(5) + .minutes(18) + TimeSpan(milliseconds: 250))))
        ]
        let lines = text(report(refused: refused), zone: zone).plain.split(separator: "\n")
        #expect(lines[1].hasSuffix("23:00 UTC+9"))
        #expect(lines[2] == "Not bought ARB: stopped out at 22:18, not again before 6 Jan 04:18")
    }

    @Test("the columns stay within 34 characters, whatever the names and figures", arguments: ["A", "BTC", "PEOPLE", "1000SATS", "ABCDEFGHIJKLMNOP"])
    func narrow(_ base: String) {
        let wild: [Ratio] = ["-0.999", "0", "0.999", "1.5", "99.99"]
        let rows =
            wild.flatMap { now in wild.map { HourlyReport.Row(symbol: symbol(base), now: now, atStop: $0, targetIn: $0) } }
            + [.init(symbol: symbol(base), now: nil, atStop: "-0.03", targetIn: nil)]
        let lines = PositionTable.text(rows).split(separator: "\n")
        #expect(lines.count == rows.count + 1 && lines.allSatisfy { $0.count <= 34 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(base.prefix(5)) && $0.contains(" ") })
    }

    @Test("in a chat a number does not part from its unit")
    func unbroken() {
        let html = text(report()).html
        #expect(html.contains("0.45\u{A0}%") && html.contains("1,004.47\u{A0}USDT") && html.contains("14:00\u{A0}UTC"))
        #expect(!text(report()).plain.contains("\u{A0}"))
    }

    @Test("code words of the gate's checks reach nobody, and their numbers do", arguments: RiskCheckName.allCases)
    func words(_ check: RiskCheckName) {
        let (found, number): (CheckFigures, String) =
            switch check {
            case .killSwitch: (.killSwitch(halted: "12 o'clock"), "12")
            case .circuitBreakers: (.circuitBreakers(tripped: [.streak]), "streak")
            case .openPositions: (.openPositions(open: 12, limit: 10), "12 open")
            case .dailyLossAmount: (.dailyLossAmount(lost: "12", limit: "10"), "12.00 USDT")
            case .dailyLossPercent: (.dailyLossPercent(lost: "0.12", limit: "0.1"), "12.00 %")
            case .drawdown: (.drawdown(below: "0.12", limit: "0.1"), "12.00 %")
            case .balance: (.balance(free: "12"), "12.00 USDT")
            case .stopBelowEntry: (.stopBelowEntry(stop: Price("12"), entry: Price("10")!), "stop 12")
            case .heat: (.heat(atRisk: "12", limit: "10", share: "0.01"), "12.00 USDT")
            case .concentration: (.concentration(one: "12", all: "13", limitOne: "10", limitAll: "11"), "12.00 USDT in ARB/USDT")
            case .cash: (.cash(cost: "12", free: "10"), "12.00 USDT")
            case .feasibility: (.feasibility(plan: .belowMinimum(atStop: "12"), lot: "1", minimum: "20"), "12.00 at the stop")
            }
        let result = CheckResult(found, passed: false), words = result.refusalWords(on: symbol("ARB"))
        #expect(result.check == check && words.contains(number))
        #expect(!words.contains(check.rawValue) || [.drawdown, .heat, .cash].contains(check))
    }
}

@Suite("What makes a sound")
struct SoundTests {
    @Test("a phone is heard for what is wrong, and for purchases and sales where that is wanted", arguments: MessageKind.allCases)
    func kinds(_ kind: MessageKind) {
        var wanted = SoundSettings()
        let isWrong = [.critical, .breaker, .urgentSummary].contains(kind)
        #expect(kind.isHeard(wanted) == isWrong)
        wanted.trades = true
        #expect(kind.isHeard(wanted) == (isWrong || kind == .entry || kind == .exit))
    }
}
