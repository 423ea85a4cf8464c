// What is written as one of several cases: each case is on record as it stands in a journal, and is read back as what it was. A
// new case does not compile until it has a sample here.
import Analysis
import Events
import Foundation
import Kernel
import Market
import Risk
import Testing
import Trading

@testable import Store

/// A value with as many cases as `place` can tell apart.
private struct Sampled: Sendable {
    let name: String
    /// Each sample's place among the cases, as it is written, and whether it is read back as it was.
    let rows: [(place: Int, text: String, isSame: Bool)]

    init<Value: Codable & Equatable>(_ samples: [Value], _ place: (Value) -> Int) throws {
        name = "\(Value.self)"
        rows = try samples.map { sample in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let data = try encoder.encode(sample)
            return (place(sample), String(decoding: data, as: UTF8.self), try JSONDecoder().decode(Value.self, from: data) == sample)
        }
    }
}

@Suite("Cases of what is written")
struct CaseTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden/cases.txt"

    @Test("every case has a sample, is written as on record, and is read back as it was")
    func known() throws {
        let recorded = try Set(String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n").map(String.init))
        for kind in try Samples.all() {
            #expect(Set(kind.rows.map(\.place)) == Set(0..<((kind.rows.map(\.place).max() ?? -1) + 1)), "\(kind.name): a case has no sample")
            for row in kind.rows {
                #expect(row.isSame, "\(kind.name): \(row.text) is read back as something else")
                #expect(
                    recorded.contains("\(kind.name) \(row.text)"),
                    "not on record: raise the version of what holds it, and add a line, never change one:\n\(kind.name) \(row.text)")
            }
        }
    }
}

private enum Samples {
    static let symbol = Symbol("LINK/USDT")!, order = ClientOrderId("Ck7q2dT0003E1")!, trade = TradeId(3)
    static let time = Timestamp(iso8601: "2026-01-05T14:00:00Z")!, price = Price("14.2")!, quantity = Quantity("1.5")!

    static func all() throws -> [Sampled] {
        try [refusals(), figures(), plans(), keptOut(), causes(), contradictions(), notices(), problems(), notes(), acts(), unbought(), messages()]
    }

    static func refusals() throws -> Sampled {
        try Sampled(
            [
                .alreadyOpen, .soldAtThisClose, .noRoom(open: 2, limit: 2), .stoppedOut(at: time, until: time), .clockInDoubt,
                .clockOff(offset: .seconds(3), limit: .seconds(2)), .snapshotOld(age: .seconds(901), limit: .seconds(900)),
                .answersOld(age: .seconds(121), limit: .seconds(120)), .closeOld(age: .minutes(11), limit: .minutes(10)), .noPrice, .noRules,
                .noRange,
                .moved(by: 1.5, limit: 1), .farFromClose(price: price, close: price, share: "0.3", limit: "0.25"), .incomparable(with: symbol),
                .noHourlyCandles, .alike(to: symbol, correlation: 0.95, limit: "0.9"), .notAsked, .notAgreed(nil, veto: nil),
                .notAgreed(.vetoed(by: "risk"), veto: "no"),
                .conviction("0.6", least: "0.7"), .noLadder, .check(.heat), .size(.noRoom, bound: .heat, kelly: 0.1, allowed: "5"),
                .size(.malformed, bound: nil, kelly: nil, allowed: nil), .soldMeanwhile, .saleUnderWay, .unread
            ] as [Refusal]
        ) { refusal in
            switch refusal {
            case .alreadyOpen: 0
            case .soldAtThisClose: 1
            case .noRoom: 2
            case .stoppedOut: 3
            case .clockInDoubt: 4
            case .clockOff: 5
            case .snapshotOld: 6
            case .answersOld: 7
            case .closeOld: 8
            case .noPrice: 9
            case .noRules: 10
            case .noRange: 11
            case .moved: 12
            case .farFromClose: 13
            case .incomparable: 14
            case .noHourlyCandles: 15
            case .alike: 16
            case .notAsked: 17
            case .notAgreed: 18
            case .conviction: 19
            case .noLadder: 20
            case .check: 21
            case .size: 22
            case .soldMeanwhile: 23
            case .saleUnderWay: 24
            case .unread: 25
            }
        }
    }

    static func figures() throws -> Sampled {
        try Sampled(
            [
                .killSwitch(halted: nil), .killSwitch(halted: "holiday"), .circuitBreakers(tripped: [.streak]), .openPositions(open: 3, limit: 3),
                .dailyLossAmount(lost: "1", limit: "2"), .dailyLossPercent(lost: "0.01", limit: "0.02"), .drawdown(below: "0.1", limit: "0.2"),
                .balance(free: "1"), .stopBelowEntry(stop: nil, entry: price), .heat(atRisk: "1", limit: "2", share: "0.06"),
                .concentration(one: "1", all: "2", limitOne: "3", limitAll: "4"), .cash(cost: "1", free: "2"),
                .feasibility(plan: .rungs(3), lot: "0.01", minimum: "5"), .unread(.cash)
            ] as [CheckFigures]
        ) { figures in
            switch figures {
            case .killSwitch: 0
            case .circuitBreakers: 1
            case .openPositions: 2
            case .dailyLossAmount: 3
            case .dailyLossPercent: 4
            case .drawdown: 5
            case .balance: 6
            case .stopBelowEntry: 7
            case .heat: 8
            case .concentration: 9
            case .cash: 10
            case .feasibility: 11
            case .unread: 12
            }
        }
    }

    static func plans() throws -> Sampled {
        try Sampled([.rungs(2), .brokenLot(quantity), .noFillPrice, .belowMinimum(atStop: "4"), .belowLot, .offGrid] as [Feasibility]) { plan in
            switch plan {
            case .rungs: 0
            case .brokenLot: 1
            case .noFillPrice: 2
            case .belowMinimum: 3
            case .belowLot: 4
            case .offGrid: 5
            }
        }
    }

    static func keptOut() throws -> Sampled {
        try Sampled(
            [
                .noShortlist(.notOffered(symbol)), .noShortlist(.abstained(why: "late")), .notShortlisted, .tooFew(agree: 1, needed: 2, oppose: 0),
                .vetoed(by: "risk"), .ranked(4, top: 3)
            ] as [KeptOut]
        ) { why in
            switch why {
            case .noShortlist(.notOffered): 0
            case .noShortlist(.abstained): 1
            case .notShortlisted: 2
            case .tooFew: 3
            case .vetoed: 4
            case .ranked: 5
            }
        }
    }

    static func causes() throws -> Sampled {
        try Sampled(
            [
                .lossesInARow(3), .dayLost(Money("5", .usdt), share: "0.05", limit: "100", shareLimit: "0.05"), .fallen("0.2", limit: "0.15"),
                .unsold(symbol, order, why: "filter"), .unlisted(quantity, order, venue: "binance"),
                .contradiction(order, ordered: quantity, .filledBeyond(quantity)), .boughtAfterEnd(symbol, order), .unguarded(symbol, order),
                .oversold(Money("2", symbol.base), order, trade), .said("the disk is full")
            ] as [BreakerCause]
        ) { cause in
            switch cause {
            case .lossesInARow: 0
            case .dayLost: 1
            case .fallen: 2
            case .unsold: 3
            case .unlisted: 4
            case .contradiction: 5
            case .boughtAfterEnd: 6
            case .unguarded: 7
            case .oversold: 8
            case .said: 9
            }
        }
    }

    static func contradictions() throws -> Sampled {
        try Sampled(
            [.gone(.accepted, "-2013"), .aliveAfterItsEnd(.canceled), .filledAfterItsEnd(.denied), .filledBeyond(quantity)] as [OrderContradiction]
        ) { contradiction in
            switch contradiction {
            case .gone: 0
            case .aliveAfterItsEnd: 1
            case .filledAfterItsEnd: 2
            case .filledBeyond: 3
            }
        }
    }

    static func notices() throws -> Sampled {
        let cycle = CycleId(hour: time)
        return try Sampled(
            [
                .writtenOff(symbol, trade, quantity, reason: "delisted", cost: "20", pnl: "-20"), .modelsNearBudget(used: "1.6", limit: "2"),
                .outOfMoney(vendor: "v"), .keyRefused(vendor: "v"), .clockCorrected(newest: time, why: "by hand"),
                .hoursMissed(first: cycle, last: cycle, why: "late")
            ] as [Notice]
        ) { notice in
            switch notice {
            case .writtenOff: 0
            case .modelsNearBudget: 1
            case .outOfMoney: 2
            case .keyRefused: 3
            case .clockCorrected: 4
            case .hoursMissed: 5
            }
        }
    }

    static func problems() throws -> Sampled {
        try Sampled(
            [
                .halted(why: "holiday"), .breaker(.streak, .lossesInARow(3), until: time), .blind(symbol),
                .noAgreement(needed: 2, voters: 3, silent: ["trend"]), .silent(analyst: "trend", why: "late"),
                .missed(count: 2, from: time, why: "down"),
                .strategyUnusable("gone"), .skipped(why: "no prices"), .source(name: "news", isStale: true, detail: "old"),
                .clock(offset: .seconds(3))
            ] as [HourProblem]
        ) { problem in
            switch problem {
            case .halted: 0
            case .breaker: 1
            case .blind: 2
            case .noAgreement: 3
            case .silent: 4
            case .missed: 5
            case .strategyUnusable: 6
            case .skipped: 7
            case .source: 8
            case .clock: 9
            }
        }
    }

    static func notes() throws -> Sampled {
        try Sampled(
            [
                .keptOut([.init(symbol: symbol, fault: .missing)], of: 1), .unasked([.init(source: "news", why: "off")]),
                .drifting(offset: .seconds(1)),
                .nothingOffered(listed: 3, steps: [.init(filter: .listingAge, isUnknown: true, count: 3)], market: ""),
                .unjudged(strategy: "one", symbol: symbol, others: 2, why: "no candles"), .abstained(analyst: "trend", count: 1, why: "late"),
                .journalMark("12-ab")
            ] as [HourNote]
        ) { note in
            switch note {
            case .keptOut: 0
            case .unasked: 1
            case .drifting: 2
            case .nothingOffered: 3
            case .unjudged: 4
            case .abstained: 5
            case .journalMark: 6
            }
        }
    }

    static func acts() throws -> Sampled {
        try Sampled([.hold, .exiting(.signal)] as [PositionAct]) { act in
            switch act {
            case .hold: 0
            case .exiting: 1
            }
        }
    }

    static func unbought() throws -> Sampled {
        try Sampled(
            [.refused(.noPrice), .check(CheckResult(.cash(cost: "2", free: "1"), passed: false)), .vetoed(by: "risk", why: "no")]
                as [HourlyReport.Unbought.Reason]
        ) { reason in
            switch reason {
            case .refused: 0
            case .check: 1
            case .vetoed: 2
            }
        }
    }

    static func messages() throws -> Sampled {
        let trouble = Trouble(.blind, "LINK/USDT", since: time, why: "timeout")
        let entry = EntryNotice(
            trade: trade, cycle: CycleId(hour: time), symbol: symbol, quote: .usdt, mode: "paper", tick: "0.001", quantity: quantity, price: price,
            cost: "21.3", stop: price, stopDistance: "0.03", targets: [price], risk: "0.7", riskShare: "0.0007", isProbe: true,
            votes: [PanelVote(analyst: "trend", agrees: true, conviction: "0.8")])
        let exit = ExitNotice(
            trade: trade, symbol: symbol, quote: .usdt, tick: "0.001", reason: .stopLoss, quantity: quantity, price: price, pnl: "-0.7",
            pnlShare: "-0.03", remaining: .zero, trailingOffset: "0.02", isTrailing: false, closed: nil)
        let report = HourlyReport(
            time: time, next: time + .hours(1), mode: "paper", world: "synthetic", quote: .usdt, equity: "1000", dayChange: "0.01",
            sinceStart: "0.02",
            startedAt: time, holdingAll: "0.03", positions: [.init(symbol: symbol, now: "0.01", atStop: "-0.03", targetIn: "0.02")], entries: [entry],
            refused: [.init(symbol: symbol, reason: .refused(.noPrice), strategy: "one")], deciders: .strategies(["one"]),
            models: .init(hour: "0.1", today: "0.2", limit: "2"), troubles: [trouble], problems: [.init(.clock(offset: .seconds(3)), isTold: true)],
            notes: [.journalMark("12-ab")])
        return try Sampled(
            [
                .summary(report), .entry(entry), .exit(exit),
                .breaker(BreakerNotice(breaker: .streak, cause: .lossesInARow(3), until: time, openPositions: 1)), .troubleBegan(trouble),
                .troubleEnded(trouble, how: "again", at: time), .critical(.said("x")), .notice(.outOfMoney(vendor: "v")),
                .worded(.summary, MessageText(html: "<b>x</b>", plain: "x"))
            ] as [Message]
        ) { message in
            switch message {
            case .summary: 0
            case .entry: 1
            case .exit: 2
            case .breaker: 3
            case .troubleBegan: 4
            case .troubleEnded: 5
            case .critical: 6
            case .notice: 7
            case .worded: 8
            }
        }
    }
}
