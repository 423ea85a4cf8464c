// History from a venue: month by month, gone on with after it broke off, never asked for twice.
import Kernel
import Market
import Ports
import TestSupport
import Testing

@testable import CandleStore

@Suite("Candle store: backfill and repair")
struct BackfillTests {
    let bench = StoreBench()
    let eth = Symbol("ETH/USDT")!
    private let clock = FakeClock(Timestamp("2024-06-15T12:34:56Z"))
    private let months = Month.all(from: Month("2023-12")!, through: Month("2024-03")!)

    private func history(_ symbols: [Symbol], gaps: Set<Int> = []) -> [Symbol: [Candle]] {
        Dictionary(
            uniqueKeysWithValues: symbols.enumerated().map {
                ($1, made(.h1, 24 * 122, from: Timestamp("2023-12-01T00:00:00Z"), seed: UInt64($0), gaps: gaps))
            })
    }

    private func run(_ feed: FakeHistory, _ symbols: [Symbol], _ months: [Month]? = nil, width: Int = 4) async throws -> Backfill.Result {
        try await Backfill(from: feed, into: bench.writer(), clock: clock, atOnce: width).run(symbols, .h1, months ?? self.months) { _, _, _ in }
    }

    @Test("the history of several pairs is fetched whole, few months at once, and a second run asks nothing")
    func whole() async throws {
        let history = history([btc, eth]), feed = FakeHistory(history, .h1)
        let result = try await run(feed, [btc, eth])
        #expect(result.committed == 8 && result.candles == 2 * 24 * 122 && result.failures.isEmpty && result.notAsked == 0)
        #expect(feed.mostAtOnce <= 4)
        for symbol in [btc, eth] { #expect(try bench.reader().candles(symbol, .h1) == history[symbol]!.filter { $0.openTime < months.last!.end }) }
        let again = FakeHistory(history, .h1)
        let second = try await run(again, [btc, eth])
        #expect(second.alreadyThere == 8 && again.questions.isEmpty)
    }

    @Test("a backfill that breaks off anywhere goes on where it was, and ends with the same bytes", arguments: 1...6)
    func brokenOff(question: Int) async throws {
        let history = history([btc]), other = StoreBench()
        _ = try await Backfill(from: FakeHistory(history, .h1), into: other.writer(), clock: clock).run([btc], .h1, months) { _, _, _ in }
        let broken = FakeHistory(history, .h1) { number, _ in number >= question ? .unreachable : nil }
        let first = try await run(broken, [btc], width: 1)
        #expect(first.failures.count <= 1 && first.committed + first.failures.count + first.notAsked == 4)
        let rest = FakeHistory(history, .h1)
        let second = try await run(rest, [btc], width: 1)
        #expect(second.alreadyThere == first.committed && second.committed == 4 - first.committed)
        #expect(rest.questions.allSatisfy { $0.from >= months[min(first.committed, 3)].start })
        #expect(bench.files() == other.files() && bench.files().allSatisfy { bench.bytes($0) == other.bytes($0) })
    }

    @Test("the month that is under way is gone on with behind its newest closed candle")
    func openMonth() async throws {
        let june = Month("2024-06")!, candles = made(.h1, 720, from: june.start)
        let feed = FakeHistory([btc: candles], .h1)
        _ = try await run(feed, [btc], [june])
        #expect(try bench.reader().candles(btc, .h1).last?.openTime == Timestamp("2024-06-15T11:00:00Z"))
        clock.advance(by: .hours(3))
        let more = try await run(feed, [btc], [june])
        #expect(more.candles == 3 && feed.questions.last?.from == Timestamp("2024-06-15T12:00:00Z"))
    }

    @Test("a pair the venue does not know leaves the others their history")
    func unknownPair() async throws {
        let result = try await run(FakeHistory(history([btc]), .h1), [eth, btc], width: 2)
        #expect(
            result.committed == 4 && result.failures.allSatisfy { $0.job.symbol == eth && $0.reason == "fake venue: no such pair" }
                && !result.failures.isEmpty)
    }

    @Test("a ban ends it at once: nothing more is asked")
    func ban() async throws {
        let feed = FakeHistory(history([btc, eth]), .h1) { number, _ in number == 3 ? .banned : nil }
        let result = try await run(feed, [btc, eth], width: 1)
        #expect(feed.questions.count == 3 && result.failures.count == 1 && result.notAsked == 8 - result.committed - 1)
    }

    @Test("months before the first candle are asked for once; what is empty behind it, and what is not over, is asked for again")
    func emptyBefore() async throws {
        let months = Month.all(from: Month("2023-09")!, through: Month("2024-06")!)
        let candles =
            made(.h1, 24 * 31, from: Timestamp("2023-12-01T00:00:00Z")) + made(.h1, 24 * 31, from: Timestamp("2024-03-01T00:00:00Z"), seed: 2)
        for (round, asked) in [
            ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"],
            ["2024-01", "2024-02", "2024-04", "2024-05", "2024-06"]
        ].enumerated() {
            let feed = FakeHistory([btc: candles], .h1), result = try await run(feed, [btc], months)
            #expect(result.empty == 8 && result.committed == (round == 0 ? 2 : 0), "round \(round)")
            #expect(Set(feed.questions.compactMap { Month(of: $0.from)?.description }) == Set(asked), "round \(round)")
        }
        // Another interval, another pair and an earlier month are other questions.
        let earlier = FakeHistory([btc: candles], .h1)
        _ = try await run(earlier, [btc], [Month("2023-08")!] + months.prefix(3))
        #expect(Set(earlier.questions.compactMap { Month(of: $0.from)?.description }) == ["2023-08"])
    }

    @Test(
        "what the list of empty months cannot tell is asked for",
        arguments: ["", "\u{0}\u{1}", "other 2023-09\nother 2023-10\n", "fake-venue 2023-9\n"])
    func unreadableList(_ text: String) async throws {
        let early = Month.all(from: Month("2023-09")!, through: Month("2023-12")!), feed = FakeHistory(history([btc]), .h1)
        _ = try await run(FakeHistory(history([btc]), .h1), [btc], early)
        bench.write("store/BTC-USDT/1h/empty-months", text.utf8)
        _ = try await run(feed, [btc], early)
        #expect(feed.questions.count == 3)
    }

    @Test("months without a candle are empty, and are no files")
    func beforeListing() async throws {
        let early = Month.all(from: Month("2023-09")!, through: Month("2023-12")!)
        let result = try await run(FakeHistory(history([btc]), .h1), [btc], early)
        #expect(result.empty == 3 && result.committed == 1)
        #expect(bench.files().filter { $0.hasSuffix(".candles") }.count == 1)
    }

    @Test("what a venue has none of is counted, and a month whose end it lacks is no month without candles")
    func missing() async throws {
        let hours = history([btc])[btc]!,
            told = hours.enumerated().filter { !(100..<110).contains($0.offset) && !(730..<744).contains($0.offset) }.map(\.element)
        let first = try await run(FakeHistory([btc: told], .h1), [btc])
        #expect(first.committed == 4 && first.missing == 24 && first.candles == told.count)
        let second = try await run(FakeHistory([btc: told], .h1), [btc])
        #expect(second.alreadyThere == 4 && second.empty == 0 && second.missing == 0)
    }

    @Test("a repair fetches what is missing or damaged and nothing else; what the venue lacks stays a gap")
    func repair() async throws {
        let truth = history([btc], gaps: [1_000])[btc]!
        _ = try await run(FakeHistory([btc: truth.enumerated().filter { !(200..<300).contains($0.offset) }.map(\.element)], .h1), [btc])
        let name = "store/BTC-USDT/1h/2024-02.candles"
        var broken = bench.bytes(name)
        broken[broken.count - 3] ^= 9
        bench.write(name, broken)
        let items = try bench.reader().repairs()
        #expect(items.map { "\($0.month)" } == ["2023-12", "2024-01", "2024-02"])
        let venue = FakeHistory([btc: truth], .h1)
        let result = try await Repair(bench.writer()).run(items, from: venue, now: clock.now)
        #expect(result.found == 100 + 696 && result.wanted == 100 + 1 + 696 && result.failures.isEmpty)
        #expect(venue.questions.count == 3)
        #expect(try bench.reader().candles(btc, .h1) == truth.filter { $0.openTime < months.last!.end })
        #expect(try bench.reader().gaps(of: btc).flatMap(\.gaps).map(\.candles) == [1])
    }

    @Test("a damaged block stays as it is where the venue has fewer candles than it held")
    func poorerVenue() async throws {
        let truth = history([btc])[btc]!
        _ = try await run(FakeHistory([btc: truth], .h1), [btc])
        let name = "store/BTC-USDT/1h/2024-02.candles"
        var broken = bench.bytes(name)
        broken[broken.count - 3] ^= 9
        bench.write(name, broken)
        let poor = FakeHistory([btc: truth.filter { $0.openTime != Timestamp("2024-02-10T00:00:00Z") }], .h1)
        let result = try await Repair(bench.writer()).run(bench.reader().repairs(), from: poor, now: clock.now)
        #expect(result.found == 0 && result.failures.count == 1 && bench.bytes(name) == broken)
    }

    @Test("a repair takes what is missing from a file, and only that")
    func repairFromFile() async throws {
        let truth = history([btc])[btc]!
        _ = try await run(FakeHistory([btc: truth.enumerated().filter { !(900..<950).contains($0.offset) }.map(\.element)], .h1), [btc])
        // The file has other prices; only the gap may take them.
        let other = made(.h1, 24 * 122, from: truth[0].openTime, seed: 77)
        bench.write("BTCUSDT-1h.csv", Array(ImportTests.own(other).utf8))
        let result = try Repair(bench.writer()).run(bench.reader().repairs(), from: ImportFile(path: bench.folder + "/BTCUSDT-1h.csv"))
        #expect(result?.commit.added == 50 && result?.commit.replaced == 0)
        let read = try bench.reader().candles(btc, .h1)
        #expect(Array(read[900..<950]) == Array(other[900..<950]) && read[899] == truth[899] && read[950] == truth[950])
    }
}
