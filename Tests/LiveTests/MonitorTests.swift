// The monitor at a live venue: it asks for minutes of what is held and for nothing else, tries again, and
// says which stops it cannot judge.
import Engine
import Events
import Feeds
import Kernel
import Market
import Ports
import TestSupport
import Testing
import Trading

@Suite("The monitor at a live venue")
struct MonitorTests {
    static let held = Symbol("AAA/USDT")!

    /// A bot that has bought AAA.
    func bought(_ body: (LiveLook) async throws -> Void) async throws {
        try await live { live in
            try live.open()
            #expect(try await HourlyCycle(live.parts).run(CycleId(hour: hour)) == .done(entries: 1))
            live.clock.advance(by: .minutes(2))
            try await body(live)
        }
    }

    @Test("only minutes, last price and book of held instruments are asked for")
    func little() async throws {
        try await bought { live in
            let before = live.venue.server.requests.count
            let outcome = try await MinuteMonitor(live.parts).step()
            #expect(outcome.blind.isEmpty)
            let asked = live.venue.server.requests.dropFirst(before).map(\.target)
            #expect(
                asked.allSatisfy {
                    $0 == "/api/v3/time" || $0.contains("klines?symbol=AAAUSDT&interval=1m") || $0.hasSuffix("24hr?symbol=AAAUSDT")
                        || $0.hasSuffix("bookTicker?symbol=AAAUSDT")
                })
            #expect(asked.count == 4)
        }
    }

    @Test("nothing open, nothing asked")
    func nothingOpen() async throws {
        try await live { live in
            try live.open()
            _ = try await MinuteMonitor(live.parts).step()
            #expect(live.venue.server.requests.isEmpty)
        }
    }

    @Test("a stop is found after two failed tries")
    func retriedStop() async throws {
        try await bought { live in
            live.venue.set {
                $0.failures["interval=1m"] = 2
                fallen(&$0)
            }
            let outcome = try await MinuteMonitor(live.parts).step()
            #expect(outcome.exits == 1)
            #expect(try live.journal.book().main.openPositions.isEmpty)
        }
    }

    private func fallen(_ dials: inout StandInVenue.Dials) {
        dials.last["AAA"] = "90.00"
        dials.klines["AAA"] = { $0.map { StandInVenue.row($0, close: "90.00", step: .minutes(1)) } }
    }
    private func fall(_ live: LiveLook) { live.venue.set { fallen(&$0) } }

    @Test("where no candle can be had the stop goes by last price and book, and that is said", arguments: ["[]", "no answer"])
    func noCandles(_ candles: String) async throws {
        try await bought { live in
            live.venue.set { $0.instead["interval=1m"] = candles == "[]" ? .json("[]") : .html("no", status: 503) }
            #expect(try await MinuteMonitor(live.parts).step() == MinuteMonitor.Outcome(disputed: [Self.held]))
            live.venue.set { $0.last["AAA"] = "90.00" }
            live.clock.advance(by: .minutes(1))
            #expect(try await MinuteMonitor(live.parts).step().exits == 1)
            let after = try live.journal.book()
            #expect(after.main.openPositions.isEmpty && after.troubles.isEmpty)
        }
    }

    @Test("without candles and last price the position is blind, stays open, and the next step goes on", arguments: [503, 403])
    func blind(_ status: Int) async throws {
        try await bought { live in
            live.venue.set { $0.instead["symbol=AAAUSDT"] = .html("<html>no</html>", status: status) }
            let outcome = try await MinuteMonitor(live.parts).step()
            #expect(outcome.blind == [Self.held])
            #expect(outcome.exits == 0)
            #expect(try live.journal.book().main.openPositions.map(\.symbol) == [Self.held])
            live.venue.set {
                $0.instead = [:]
                fallen(&$0)
            }
            // A refusal is kept in silence for five minutes.
            live.clock.advance(by: .minutes(6))
            #expect(try await MinuteMonitor(live.parts).step().exits == 1)
        }
    }

    @Test("with a clock that is hours off a stop is judged by the venue's time, and found", arguments: [-7, 7])
    func F058_monitor(_ hours: Int) async throws {
        try await bought { live in
            // Our clock steps: the venue and what the machine counts go on.
            live.clock.step(by: .hours(-hours))
            live.venue.set {
                $0.clockOffset = Int64(hours) * 3_600_000
                fallen(&$0)
            }
            let outcome = try await MinuteMonitor(await live.believing).step()
            #expect(outcome.exits == 1 && outcome.blind.isEmpty)
            #expect(try live.journal.book().main.openPositions.isEmpty)
            #expect(try live.journal.book().troubles.map(\.kind) == [.clock])
            let latest = try #require(live.journal.all.map(\.at).max())
            #expect(latest < start + .minutes(5))
        }
    }

    @Test("where nobody knows the time every position counts as blind, and nothing is judged")
    func timeUnknown() async throws {
        try await bought { live in
            live.clock.step(by: .days(400))
            live.venue.set { $0.instead["/time"] = .html("no", status: 403) }
            let outcome = try await MinuteMonitor(await live.believing).step()
            #expect(outcome.blind == [Self.held] && outcome.exits == 0)
            let latest = try #require(live.journal.all.map(\.at).max())
            #expect(latest < start + .minutes(5))
            #expect(try live.journal.book().troubles.map(\.kind) == [.clock])
        }
    }

    @Test("a journal with entries of next year is set back, said, and its position is guarded")
    func futureEntries() async throws {
        try await bought { live in
            let ahead = live.clock.now + .days(400)
            try live.journal.commit(at: ahead) { _ in [.tradingDayStarted(TradingDayStarted(day: ahead.floored(to: .days(1)), equity: "1000"))] }
            let corrected = try ClockWatch.correct(live.journal, at: live.clock.now, why: "test")
            #expect(corrected == ahead)
            #expect(try ClockWatch.correct(live.journal, at: live.clock.now + .seconds(1), why: "test") == nil)
            fall(live)
            #expect(try await MinuteMonitor(live.parts).step().exits == 1)
            live.clock.advance(by: .days(1))
            _ = try await MinuteMonitor(live.parts).step()
            #expect(try live.journal.book().main.baselines.day == live.clock.now.floored(to: .days(1)))
        }
    }

    enum Outage: String, CaseIterable, CustomTestStringConvertible {
        case gone, banned, silent
        var testDescription: String { rawValue }
        var answer: ScriptedAnswer {
            switch self {
            case .gone: .hangUp
            case .banned: .json("{\"code\":-1003,\"msg\":\"banned\"}", status: 418, headers: [("Retry-After", "72000")])
            case .silent: .html("no", status: 403)
            }
        }
    }

    @Test("a venue that gives no prices is told within three minutes, once, for as long as it lasts, and so is its end", arguments: Outage.allCases)
    func told(_ outage: Outage) async throws {
        try await bought { live in
            live.venue.set { $0.instead["/api"] = outage.answer }
            for minute in 0..<20 {
                #expect(try await MinuteMonitor(await live.believing).step().blind == [Self.held])
                let trouble = try #require(try live.journal.book().trouble(.blind, "AAA/USDT"))
                #expect(trouble.isTold == (minute > 0) && !trouble.why.isEmpty)
                #expect(live.called == (minute > 0 ? 1 : 0))
                live.clock.advance(by: .minutes(1))
            }
            live.venue.set { $0.instead = [:] }
            // A refusal is kept in silence by the feed, the longest for as long as a ban.
            live.clock.advance(by: .hours(20))
            #expect(try await MinuteMonitor(await live.believing).step().blind.isEmpty)
            #expect(try live.journal.book().troubles.isEmpty && live.called == 1)
            #expect(live.said.last?.contains("a price can be read again") == true)
        }
    }
}

extension LiveLook {
    /// How often a person was called.
    var called: Int { journal.events.count { if case .messageQueued(let message) = $0 { message.kind == .critical } else { false } } }
}
