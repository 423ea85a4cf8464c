// Our clock against the venue's: a drift is said, two seconds stop buying, a minute stops the start.
import Domain
import Engine
import Feeds
import Ports
import Testing
import TestSupport

@Suite("The venue's clock")
struct ClockTests {
    @Test("half a second is nothing, more is said, more than two seconds buys nothing",
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

    @Test("a clock a year ahead starts nothing and writes nothing")
    func F058_yearAhead() async throws {
        try await live { live in
            let parts = live.parts
            live.venue.set { $0.clockOffset = -365 * 86_400_000 }
            let error = await #expect(throws: EngineError.self) { try await ClockCheck(parts).refuseWhereWrong() }
            guard case .clock(let clock) = error else { Issue.record("\(String(describing: error))"); return }
            #expect(clock.words == "our clock is 31536000.0 s ahead of the venue's")
            #expect(live.journal.commits == 0)
        }
    }

    @Test("a venue that tells no time stops no start; a market without a clock is not asked")
    func noTime() async throws {
        try await live { live in
            live.venue.set { $0.instead["/time"] = .html("", status: 503) }
            try await ClockCheck(live.parts).refuseWhereWrong()
            #expect(live.venue.asked("/time") == 5)
            try await ClockCheck(venue: "none", measure: nil, fetching: live.fetcher).refuseWhereWrong()
        }
    }
}
