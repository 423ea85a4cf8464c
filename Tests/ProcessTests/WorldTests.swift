// What whole days come to: twenty synthetic markets, and the crash of November 2022 on real candles.
import Foundation
import Glibc
import TestSupport
import Testing

private let shared =
    ProcessInfo.processInfo.environment["CARILLON_SHARED"]
    ?? (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4) + ["shared"]).joined(separator: "/")

@Suite("Whole days")
struct WorldTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    @Test("a day of each of twenty markets: most trade, every kind of exit occurs, none is ever unprotected")
    func twentyMarkets() async throws {
        let days = try await withThrowingTaskGroup(of: DemoFacts.self) { group in
            for seed in 1...20 as ClosedRange<UInt64> {
                group.addTask {
                    let facts = try await bench.demo(bench.home("\(seed)"), hours: 24, seed: seed)
                    #expect(facts.isSound && facts.commits <= 400 && facts.cycles == 24, "seed \(seed): \(facts)")
                    return facts
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let entries = days.map(\.entries).sorted()
        #expect(entries.count { $0 > 0 } >= 15 && entries[10] >= 3, "entries \(entries)")
        for exit in ["STOP_LOSS", "TAKE_PROFIT_1", "TRAILING_STOP"] {
            #expect(days.contains { $0.exits[exit, default: 0] > 0 }, "\(exit) in none of \(days.map(\.exits))")
        }
        #expect(Set(days.map(\.hash)).count == 20)
    }

    @Test(
        "six days of November 2022 on real candles: bought before the crash, stopped out in it, paused by breakers",
        .enabled(if: access(shared + "/data/BTCUSDT-1h.csv.gz", R_OK) == 0, "no candle files beside this repository"))
    func crashOfNovember2022() async throws {
        let home = bench.home()
        let ended = try await bench.run([
            "demo", "--candles", shared + "/data", "--start", "2022-11-04T00:00:00Z", "--hours", "144", "--json", "--home", home
        ])
        try #require(ended.way == .exit(0), "\(ended.error)")
        let facts = try DemoFacts(ended.out), chain = try Chain(bench.journal(home))
        #expect(facts.isSound && facts.cycles == 144 && facts.entries > 0 && facts.exits["STOP_LOSS", default: 0] > 0, "\(facts)")
        // The fall began on 8 November; an entry's position names its hour.
        let early = chain.of("orderSubmitted").filter { order in
            ["04", "05", "06", "07"].contains { order.body.contains("\"cycle\":\"C202211\($0)") }
        }
        #expect(!early.isEmpty, "nothing was bought before the fall")
        #expect(chain.count("breakerTripped") > 0, "no breaker acted: \(facts)")
    }
}
