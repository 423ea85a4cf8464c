// What candle files answer: only closed candles, complete coarse ones, the finest there is, and rules
// that say whether they were told or guessed.
import CandleFiles
import Kernel
import Market
import Ports
import Testing

@Suite("Candle files: reading")
struct ReadingTests {
    @Test("a file that is not spot in the account's quote is named with its reason")
    func exclusions() throws {
        let folder = Folder()
        let rows = Folder.header + Folder.rows(.h1, 2)
        for name in [
            "BTCUSDT-1h.csv", "BTCUSDT_PERP-1h.csv", "BTC_PERP_FTX-1m.csv", "EURUSD-1h.csv", "ETHBTC-1h.csv", "BTCUSDT-2h.csv",
            "candles.csv", "notes.txt", "manifest.json", "USDT-1h.csv", "lowUSDT-1h.csv"
        ] { folder.write(name, rows) }
        folder.write("SPYUSDT-1d.csv", Folder.header + Folder.rows(.d1, 2))
        let market = try folder.market()
        #expect(market.symbols == [btc])
        #expect(
            market.excluded.map(\.description) == [
                "BTCUSDT-2h.csv: interval is none of 1m 5m 15m 30m 1h 4h 1d", "BTCUSDT_PERP-1h.csv: a perpetual, not spot",
                "BTC_PERP_FTX-1m.csv: a perpetual, not spot", "ETHBTC-1h.csv: not quoted in USDT", "EURUSD-1h.csv: not quoted in USDT",
                "SPYUSDT-1d.csv: too coarse: no hourly or finer candles of SPY/USDT",
                "USDT-1h.csv: its name tells no pair and interval, as BTCUSDT-1h.csv does",
                "candles.csv: not named <BASE><QUOTE>-<interval>.csv", "lowUSDT-1h.csv: its name tells no pair and interval, as BTCUSDT-1h.csv does"
            ])
    }

    @Test("the same candles twice, a missing folder and a folder that is a file's name are said at once")
    func openings() {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 2))
        folder.pack("BTCUSDT-1h.csv.gz", Folder.header + Folder.rows(.h1, 2))
        #expect(throws: FeedError(.malformed, source: "candle files", "BTCUSDT-1h.csv.gz: the same candles as BTCUSDT-1h.csv: keep one of them")) {
            try folder.market()
        }
        #expect(throws: FeedError.self) { try CandleFileMarket(paths: [folder.path + "/nowhere"]) }
    }

    @Test("a candle is answered only when it is closed", arguments: Timeframe.allCases)
    func F051_unclosedCandle(_ timeframe: Timeframe) throws {
        let folder = Folder()
        folder.write("BTCUSDT-1m.csv", Folder.header + Folder.rows(.m1, 4_400))
        let market = try folder.market()
        for minute in stride(from: 0, to: 4_400, by: 37) {
            let end = Folder.start + .minutes(minute) + TimeSpan(milliseconds: 59_999)
            let found = try market.read(btc, timeframe, from: Folder.start, to: end, limit: .max)
            #expect(found.count == minute / Int(timeframe.duration.milliseconds / 60_000))
            #expect(found.allSatisfy { $0.closeTime(timeframe) <= end })
        }
    }

    @Test("coarse candles are the sums of finer ones and absent where a part is")
    func F052_gaps() throws {
        let folder = Folder()
        folder.write("BTCUSDT-5m.csv", Folder.header + Folder.rows(.m5, 600, gaps: [0, 30, 31, 599]))
        let market = try folder.market()
        let end = Folder.start + .days(3)
        let hours = try market.read(btc, .h1, from: Folder.start, to: end, limit: .max)
        #expect(hours.map { ($0.openTime - Folder.start).milliseconds / 3_600_000 } == Array(1...48).filter { $0 != 2 })
        for hour in hours {
            let parts = try market.read(btc, .m5, from: hour.openTime, to: hour.closeTime(.h1), limit: .max)
            #expect(parts.count == 12 && hour.open == parts[0].open && hour.close == parts[11].close)
            #expect(hour.high == parts.map(\.high).max() && hour.low == parts.map(\.low).min())
            #expect(hour.volume == parts.map(\.volume).reduce(.zero, +))
        }
        #expect(try market.read(btc, .d1, from: Folder.start, to: end, limit: .max).map(\.openTime) == [Folder.start + .days(1)])
        #expect(try market.read(btc, .h1, from: Folder.start, to: end, limit: 3).count == 3)
        #expect(try market.read(btc, .m1, from: Folder.start, to: end, limit: 3).isEmpty)
    }

    @Test("a file's own rows come first, finer ones fill what it lacks, and the finest is told by the time")
    func sources() async throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 100, gaps: [10, 60]))
        folder.write("BTCUSDT-5m.csv", Folder.header + Folder.rows(.m5, 480))
        let market = try folder.market()
        let hours = try market.read(btc, .h1, from: Folder.start, to: Folder.start + .hours(100), limit: 1_000)
        #expect(hours.count == 99)
        #expect(hours[10].volume.description == "34.5" && hours[11].volume.description == "2.125")
        #expect(
            try market.read(btc, .h1, from: Folder.start, to: Folder.start + .hours(12), limit: 3).map(\.volume.description) == [
                "5.125", "34.5", "2.125"
            ])
        #expect(await market.finestTimeframe(of: btc, at: Folder.start + .hours(40)) == .m5)
        #expect(await market.finestTimeframe(of: btc, at: Folder.start + .hours(41)) == .h1)
        #expect(market.finestStep(from: Folder.start + .hours(39), to: Folder.start + .hours(50)) == .m5)
        #expect(market.finestStep(from: Folder.start + .hours(40), to: Folder.start + .hours(50)) == .h1)
        #expect(market.finestStep(from: Folder.start + .days(40), to: Folder.start + .days(50)) == nil)
    }

    @Test("a window keeps its rows and knows the whole file's beginning and decimals")
    func windows() throws {
        let folder = Folder()
        folder.pack("BTCUSDT-1h.csv.gz", Folder.header + Folder.rows(.h1, 900) + "\((Folder.start + .hours(900)).milliseconds),1.2345,2,1,1,1\n")
        let from = Folder.start + .hours(300), all = try folder.market(), some = try folder.market(window: from..<from + .hours(100))
        let wanted = try all.read(btc, .h1, from: from, to: from + .hours(100), limit: .max)
        #expect(try some.read(btc, .h1, from: Folder.start, to: Folder.start + .days(90), limit: .max) == wanted)
        #expect(wanted.count == 100 && some.listedSince(btc) == Folder.start)
        #expect(some.instrumentsNow(at: from) == all.instrumentsNow(at: from))
        #expect(some.instrumentsNow(at: from).first?.tickSize == "0.0001")
    }

    @Test("rules are told by instruments.yaml, else assumed from decimals")
    func rules() throws {
        let folder = Folder()
        for base in ["BTC", "ETH", "SOL"] { folder.write("\(base)USDT-1h.csv", Folder.header + Folder.rows(.h1, 30)) }
        folder.write(
            "instruments.yaml",
            """
            \u{FEFF}BTC/USDT: # told by the venue
              tickSize: 0.01
              lotStep: "0.00001"   # base units
              minNotional: 5

            'SOL/USDT': {tickSize: 0.25, lotStep: 0.5, minNotional: 0}
            """)
        let found = try folder.market().instrumentsNow(at: Folder.start + .hours(20))
        #expect(
            found.map { "\($0.symbol) \($0.tickSize) \($0.lotStep) \($0.minNotional) \($0.assumed)" }
                == ["BTC/USDT 0.01 0.00001 5 false", "ETH/USDT 0.01 0.001 10 true", "SOL/USDT 0.25 0.5 0 false"])
        let single = try CandleFileMarket(paths: [folder.path + "/BTCUSDT-1h.csv"])
        #expect(single.symbols == [btc] && single.instrumentsNow(at: Folder.start + .hours(20)).first?.assumed == false)
    }

    @Test(
        "an instruments file that is not understood is refused with its line",
        arguments: [
            ("BTC/USDT:\n  tick: 1\n", "instruments.yaml:2: unknown key; known are tickSize, lotStep, minNotional"),
            ("BTC/USDT:\n  tickSize: 0,1\n", "instruments.yaml:2: tickSize is not an exact number"),
            ("BTC/USDT:\n  tickSize: 1\n  tickSize: 1\n", "instruments.yaml:3: tickSize twice"),
            ("BTC/USDT:\n  tickSize: 1\n", "instruments.yaml:1: BTC/USDT has no lotStep"),
            (
                "BTC/USDT: {tickSize: 0, lotStep: 1, minNotional: 1}\n",
                "instruments.yaml:1: BTC/USDT: tickSize and lotStep must be above zero, minNotional not below"
            ),
            (
                "BTC/USDT: {tickSize: 1, lotStep: 1, minNotional: 1}\nBTC/USDT: {tickSize: 1, lotStep: 1, minNotional: 1}\n",
                "instruments.yaml:2: BTC/USDT twice"
            ),
            ("BTC/USDT: [1, 2]\n", "instruments.yaml:1: not {key: value, …}"), ("  tickSize: 1\n", "instruments.yaml:1: a value before any pair"),
            ("bitcoin: 1\n", "instruments.yaml:1: not a pair such as BTC/USDT"), ("- a\n", "instruments.yaml:1: not `key: value`")
        ])
    func badRules(_ text: String, _ reason: String) {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 3))
        folder.write("instruments.yaml", text)
        #expect(throws: FeedError(.malformed, source: "candle files", reason)) { try folder.market() }
    }

    @Test("a ticker carries the time of its close, so that an old one shows its age")
    func F050_staleTicker() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 48, gaps: [40, 41, 42]))
        let market = try folder.market()
        func ticker(_ hour: Int) -> Ticker? { market.tickersNow(at: Folder.start + .hours(hour) + .minutes(5)).first }
        #expect(ticker(0) == nil)
        #expect(ticker(10)?.time == Folder.start + .hours(10) && ticker(10)?.quoteVolume == nil && ticker(10)?.bid == nil)
        #expect(ticker(43)?.time == Folder.start + .hours(40))
        #expect(ticker(60)?.time == Folder.start + .hours(48))
        #expect(ticker(200) == nil)
        #expect(market.instrumentsNow(at: Folder.start + .hours(72)).count == 1)
        #expect(market.instrumentsNow(at: Folder.start + .hours(73)).isEmpty)
        let day = try market.read(btc, .h1, from: Folder.start + .hours(6), to: Folder.start + .hours(30), limit: .max)
        let turnover = day.map { $0.volume.value.times($0.close.value, rounding: .nearest) }.reduce(.zero, +)
        #expect(day.count == 24 && ticker(30)?.quoteVolume == turnover)
        let change = try #require(ticker(30)?.change).double
        #expect(abs(change - (day[23].close.double / 106 - 1)) < 1e-6, "\(change)")
    }

    @Test("an unknown pair is not found, and the port answers as the calls do")
    func ports() async throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 48))
        let market = try folder.market()
        let eth = try #require(Symbol("ETH/USDT"))
        await #expect(throws: FeedError.self) { try await market.candles(eth, .h1, from: Folder.start, to: Folder.start, limit: 1) }
        let told = try await market.candles(btc, .h4, from: Folder.start + .hours(1), to: Folder.start + .hours(47), limit: 5)
        #expect(told.count == 5 && told.last?.openTime == Folder.start + .hours(40))
    }
}
