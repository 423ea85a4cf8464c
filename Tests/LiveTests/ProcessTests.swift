// The program itself in real time, against the stand-in venue: cycle, monitor, a clock that is off, a ban
// that outlives its process, and the refusal of candle files.
import Foundation
import Kernel
import TestSupport
import Testing

@Suite("The program at a live venue", .enabled(if: Program.isThere, "the program is not built"))
struct ProcessTests {
    /// The moment now, from the wall clock: a process has no other.
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }

    private func serving(_ feeds: String = "", _ body: (Program, StandInVenue) async throws -> Void) async throws {
        let venue = try StandInVenue(now: Self.now)
        defer { venue.stop() }
        let program = try Program(
            configuration: """
                feeds: {prices: binance, address: '\(venue.url)', news: ['\(venue.url)/rss'], newsapi: true\(feeds)}
                universe: {allowUnknown: [marketCap]}

                """)
        defer { program.remove() }
        try await body(program, venue)
    }

    @Test("cycle: one hour on real sockets, then the monitor, which finds nothing to ask but the time")
    func cycle() async throws {
        try await serving { program, venue in
            let cycle = try await program.run("cycle", "--json")
            #expect(cycle.status == 0, "\(cycle.errors)")
            #expect(try cycle.json()["outcome"] as? String == "done")
            #expect((1...2).contains(venue.asked("exchangeInfo")))
            #expect(venue.asked("interval=1h") == 4)
            let status = try await program.run("status", "--json").json()
            #expect((status["world"] as? String)?.hasPrefix("binance:127.0.0.1:") == true)
            let before = venue.server.requests.count
            #expect(try await program.run("monitor").status == 0)
            #expect(venue.server.requests.dropFirst(before).map(\.target) == ["/api/v3/time"])
            let id = try #require(try cycle.json()["cycle"] as? String)
            let story = try await program.run("explain", id).output
            #expect(story.contains("source newsapi: skipped, no CARILLON_NEWSAPI_KEY"))
            #expect(story.contains("source coingecko") == false)
        }
    }

    @Test("a venue that is down is exit 69, said with its name, and the journal knows")
    func down() async throws {
        try await serving { program, venue in
            venue.set { $0.instead["24hr"] = .html("<html>no</html>", status: 403) }
            let cycle = try await program.run("cycle")
            #expect(cycle.status == 69)
            // The listing is asked for beside the prices, and may be the first that is not asked any more: the reason is the same.
            #expect(cycle.errors.contains("no prices from binance ") && cycle.errors.contains("HTTP 403"), "\(cycle.errors)")
        }
    }

    @Test("F058: a clock a year off is said, and the journal begins at the venue's moment")
    func F058_start() async throws {
        try await serving { program, venue in
            venue.set { $0.clockOffset = -365 * 86_400_000 }
            let first = try await program.run("monitor")
            #expect(first.status == 0 && first.errors.contains("our clock is 365 d ahead of the venue's"), "\(first)")
            #expect(first.output.contains("■ The clock is wrong"))
            venue.set { $0.clockOffset = 0 }
            let cycle = try await program.run("cycle", "--json")
            #expect(try cycle.json()["outcome"] as? String == "done", "\(cycle)")
            #expect(try await program.run("monitor").errors.isEmpty)
        }
    }

    @Test("F022: a ban is kept for the processes after this one")
    func F022_banOutlivesTheProcess() async throws {
        try await serving { program, venue in
            venue.set { $0.instead["24hr"] = .json("{\"code\":-1003,\"msg\":\"banned\"}", status: 418, headers: [("Retry-After", "600")]) }
            #expect(try await program.run("cycle").status == 69)
            #expect(program.has("binance.ban"))
            venue.set { $0.instead = [:] }
            let before = venue.server.requests.count
            let again = try await program.run("cycle")
            #expect(again.status == 0 || again.errors.contains("banned until"))
            #expect(
                venue.server.requests.count(where: { $0.target.hasPrefix("/api") })
                    == venue.server.requests.prefix(before).count(where: { $0.target.hasPrefix("/api") }))
        }
    }

    @Test("candle files are refused in real time, with what to do instead")
    func candles() async throws {
        let program = try Program(configuration: "feeds: {prices: candles, folder: '.'}\n")
        defer { program.remove() }
        for command in ["cycle", "monitor", "run"] {
            let result = try await program.run(command)
            #expect(result.status == 78)
            #expect(result.errors.contains("carillon demo --candles"))
        }
    }
}
