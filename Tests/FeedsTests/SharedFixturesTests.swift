// Binance's documented answers and real headlines from the reference folder, where it is there.
import Glibc
import Kernel
import Market
import Ports
import StrictJSON
import TestSupport
import Testing

@testable import Feeds
@testable import VenueBinance

/// The reference folder beside the repository, or where the environment says.
private enum Shared {
    static let root: String =
        getenv("CARILLON_SHARED").map { String(cString: $0) }
        ?? String(#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")) + "/../shared"

    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(root + "/" + path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return bytes
    }
    static let hasFixtures = access(root + "/wire/fixtures/binance.json", R_OK) == 0
    static let hasHeadlines = access(root + "/data/headlines.jsonl", R_OK) == 0

    /// A fixture's answer as text, and its HTTP status.
    static func answer(_ id: String) throws -> (body: String, status: Int) {
        let fixtures = try JSONValue(parsing: read("wire/fixtures/binance.json") ?? []).node.array
        let fixture = try #require(fixtures.first { (try? $0["id"].string) == id })
        return (try fixture["httpResponse"].value.compact, (try? fixture["httpStatus"].int) ?? 200)
    }
}

@Suite("Reference fixtures")
struct SharedFixturesTests {
    let clock = FakeClock()

    func feed(_ id: String) throws -> BinanceMarketFeed {
        let (body, status) = try Shared.answer(id)
        return BinanceMarketFeed(
            baseURL: "http://venue", transport: FakeTransport(body, status: status), limits: BinanceLimits(clock: clock), clock: clock)
    }

    @Test("the documented answers are read", .enabled(if: Shared.hasFixtures, "the reference folder is not there"))
    func documented() async throws {
        let instruments = try await feed("binance-071").instruments(at: clock.now)
        #expect(instruments.count == 8)
        let bitcoin = try #require(instruments.first { $0.symbol.description == "BTC/USDT" })
        #expect((bitcoin.tickSize, bitcoin.lotStep, bitcoin.minNotional) == ("0.01", "0.00001", "5"))
        let time = try await feed("binance-043").measureClock()
        #expect(time.venueTime(at: clock.now) == Timestamp(milliseconds: 1_499_827_319_559))
        let book = try await feed("binance-044").book(of: bitcoin.symbol)
        #expect(book.asks.first?.price == Price("4.000002"))
    }

    @Test("the documented errors mean what they say", .enabled(if: Shared.hasFixtures, "the reference folder is not there"))
    func errors() async throws {
        let limited = try feed("binance-088"), banned = try feed("binance-089")
        #expect(await feedError { () throws(FeedError) in try await limited.measureClock() }?.kind == .rateLimited)
        // This ban's end is long past, which does not make it shorter than the shortest we assume.
        #expect(await feedError { () throws(FeedError) in try await banned.measureClock() }?.retryAfter == Silence.defaultBan)
    }

    @Test("thousands of real headlines pass through unharmed", .enabled(if: Shared.hasHeadlines, "the reference folder is not there"))
    func headlines() throws {
        let lines = try #require(Shared.read("data/headlines.jsonl")).split(separator: UInt8(ascii: "\n"))
        var changed = 0
        for line in lines {
            let title = try JSONValue(parsing: Array(line))["title"].string
            let shown = PlainText.title(title)
            #expect(!shown.isEmpty && shown.count <= 300)
            let spaced = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if shown != spaced { changed += 1 }
        }
        #expect(lines.count > 7_000)
        #expect(changed <= 20, "\(changed) of \(lines.count) changed")
    }
}
