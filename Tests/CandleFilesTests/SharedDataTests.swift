// The reader against the archive of real candles, where it is there: every row, and the sums.
import CandleFiles
import Kernel
import Market
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder of shared material: told by the environment, else beside the repository.
enum SharedCandles {
    static let folder: String = {
        if let told = getenv("CARILLON_SHARED") { return String(cString: told) + "/data" }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/../shared/data"
    }()
    static let areThere = access(folder + "/manifest.json", R_OK) == 0
}

@Suite("Candle files: the archive", .enabled(if: SharedCandles.areThere, "the shared data are not here"))
struct SharedDataTests {
    @Test("the archive is undamaged, and only spot pairs in USDT with hours are offered")
    func archive() throws {
        let market = try CandleFileMarket(paths: [SharedCandles.folder])
        #expect(market.damaged().isEmpty)
        #expect(market.symbols.map(\.base.code) == ["ADA", "AVAX", "BNB", "BTC", "DOGE", "ETH", "LINK", "LTC", "SOL", "TRX", "XLM", "XRP"])
        let reasons = market.excluded.map(\.reason)
        #expect(reasons.count { $0 == "a perpetual, not spot" } == 5)
        #expect(reasons.count { $0.hasPrefix("too coarse") } == 12)
        #expect(reasons.count { $0 == "not quoted in USDT" } == 3)
    }

    @Test("counts, ends and gaps are the manifest's, and exact text survives")
    func bitcoin() throws {
        let market = try CandleFileMarket(paths: [SharedCandles.folder + "/BTCUSDT-1h.csv.gz"])
        let end = try #require(Timestamp(iso8601: "2024-01-01"))
        let all = try market.read(btc, .h1, from: Timestamp(milliseconds: 0), to: end, limit: .max)
        #expect(all.count == 26_266)
        #expect(
            all.first.map { "\($0.openTime) \($0.open) \($0.high) \($0.low) \($0.close) \($0.volume)" }
                == "2021-01-01T00:00:00Z 28923.63 29031.34 28690.17 28995.13 2311.811445")
        let holes = zip(all, all.dropFirst()).map { ($1.openTime - $0.openTime).milliseconds / 3_600_000 - 1 }.filter { $0 > 0 }
        #expect(holes == [1, 1, 2, 3, 4, 2, 1])
    }

    @Test("hours put together from five-minute candles have the hourly file's prices")
    func agreement() throws {
        let whole = try CandleFileMarket(paths: [SharedCandles.folder + "/ETHUSDT-1h.csv.gz"]),
            fine = try CandleFileMarket(paths: [SharedCandles.folder + "/ETHUSDT-5m.csv.gz"])
        let eth = try #require(Symbol("ETH/USDT"))
        let from = try #require(Timestamp(iso8601: "2021-03-01")), to = try #require(Timestamp(iso8601: "2021-07-17"))
        let told = try whole.read(eth, .h1, from: from, to: to, limit: .max), summed = try fine.read(eth, .h1, from: from, to: to, limit: .max)
        let byTime = Dictionary(uniqueKeysWithValues: told.map { ($0.openTime, $0) })
        let same = summed.count { hour in
            guard let other = byTime[hour.openTime] else { return false }
            return hour.open == other.open && hour.high == other.high && hour.low == other.low && hour.close == other.close
        }
        #expect(summed.count > 3_280 && Double(same) > 0.995 * Double(summed.count), "\(same) of \(summed.count)")
    }
}
