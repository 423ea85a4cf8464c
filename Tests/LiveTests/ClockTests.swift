// Our clock against the venue's: a drift is said, two seconds stop buying, a minute stops the start.
import Engine
import Events
import Feeds
import Kernel
import Ports
import TestSupport
import Testing
import Trading

@Suite("The venue's clock")
struct ClockTests {
    @Test(
        "half a second is nothing, more is said, more than two seconds buys nothing",
        arguments: [(300, 1, ""), (-1_500, 1, "Careful, our clock is 1.5 s ahead of"), (9_900, 0, "Nothing is bought: our clock is 9.9 s behind")])
    func F056_clockDrift(_ offset: Int64, _ entries: Int, _ words: String) async throws {
        try await live { live in
            live.venue.set { $0.clockOffset = offset }
            try live.open()
            // Long enough after the hour for either clock.
            live.clock.advance(by: .minutes(2))
            #expect(try await HourlyCycle(live.parts).run(CycleId(hour: hour)) == .done(entries: entries))
            let summary = try #require(live.summaries.last)
            #expect(words.isEmpty ? !summary.contains("our clock") : summary.contains(words))
        }
    }

    @Test("a clock a year off is not believed: the moment is the venue's, and no entry is of another", arguments: [-365, 365] as [Int64])
    func F058_yearOff(_ days: Int64) async throws {
        try await live { live in
            live.venue.set { $0.clockOffset = days * 86_400_000 }
            let parts = await live.believing
            try Opening.open(
                live.journal, as: JournalOpened(world: "stand-in", start: nil, mode: "paper", quote: .usdt), deposit: Money("1000", .usdt),
                at: parts.clock.now)
            live.venue.shiftsCandles(days)
            #expect(parts.time?.doubt == "our clock is 365 d \(days < 0 ? "ahead of" : "behind") the venue's")
            #expect(try await HourlyCycle(parts).run(CycleId(hour: parts.clock.now.floored(to: .hours(1)))) == .done(entries: 0))
            _ = try await MinuteMonitor(parts).step()
            let venue = start + .days(Int(days))
            #expect(live.journal.all.allSatisfy { ($0.at - venue).milliseconds.magnitude < 60_000 }, "\(live.journal.all.map(\.at))")
            #expect(try live.journal.book().troubles.map(\.kind) == [.clock])
        }
    }

    @Test("the trouble is told once and ends with the first step whose clock is right; nothing open, nothing else is asked")
    func told() async throws {
        try await live { live in
            try live.open()
            live.venue.set { $0.clockOffset = 3_600_000 }
            for _ in 1...3 { _ = try await MinuteMonitor(await live.believing).step() }
            #expect(live.said.count { $0.contains("troubleBegan") } == 1)
            live.venue.set { $0.clockOffset = 0 }
            for _ in 1...3 { _ = try await MinuteMonitor(await live.believing).step() }
            #expect(live.said.count { $0.contains("troubleBegan") } == 1 && live.said.count { $0.contains("troubleEnded") } == 1)
            #expect(try live.journal.book().troubles.isEmpty)
            #expect(live.venue.server.requests.allSatisfy { $0.target == "/api/v3/time" })
        }
    }

    @Test("a venue that tells no time stops no step; a market without a clock is not asked")
    func noTime() async throws {
        try await live { live in
            live.venue.set { $0.instead["/time"] = .html("", status: 503) }
            #expect(await ClockCheck(live.parts).reading() == nil)
            #expect(live.venue.asked("/time") == 5)
            #expect(await ClockCheck(venue: "none", measure: nil, fetching: live.fetcher).reading() == nil)
        }
    }

    @Test("a clock that is anchored goes on by what the machine counts, whatever the wall clock does")
    func anchored() async throws {
        let base = FakeClock(start), clock = AnchoredClock(base, at: start + .days(3))
        base.advance(by: .seconds(5))
        #expect(clock.now == start + .days(3) + .seconds(5))
        base.step(to: start - .days(30))
        #expect(clock.now == start + .days(3) + .seconds(5))
    }
}
