// Names of candle files: one reader for demo, lab and store. What a name tells is believed, what it may mean twice is asked.
import Kernel
import Market
import Testing

@testable import CandleFiles

@Suite("Candle files: names")
struct NamesTests {
    @Test(
        "a pair is read in any usual spelling and quote",
        arguments: [
            ("BTCUSDT", "BTC/USDT"), ("btcusdt", "BTC/USDT"), ("BTC/USDT", "BTC/USDT"), ("BTC-USDT", "BTC/USDT"), ("BTC_USDT", "BTC/USDT"),
            ("1000SATSUSDT", "1000SATS/USDT"),
            ("BTCUSD", "BTC/USD"), ("BTCUSD1", "BTC/USD1"), ("BTCMXN", "BTC/MXN"), ("ETHBTC", "ETH/BTC"), ("EURUSD", "EUR/USD"),
            ("USDJPY", "USD/JPY"), ("BTCTRY", "BTC/TRY"), ("SOLEUR", "SOL/EUR"),
            ("XBTUSD", "XBT/USD"), ("BNB-USD", "BNB/USD"), ("BN/BUSD", "BN/BUSD"), ("FOO/BAR", "FOO/BAR"),
            // A known coin ends the doubt where the other meaning is of none.
            ("BTCFDUSD", "BTC/FDUSD"), ("BTCTUSD", "BTC/TUSD"), ("ETHBUSD", "ETH/BUSD"), ("BNBUSD", "BNB/USD"), ("DOTUSD", "DOT/USD"),
            ("BATUSD", "BAT/USD"), ("SHIBUSD", "SHIB/USD"), ("ETHAEUR", "ETH/AEUR")
        ])
    func pairs(_ text: String, _ symbol: String) { #expect(PairName(text) == .pair(Symbol(symbol)!)) }

    @Test(
        "a name of two meanings is a doubt, until something told says which",
        arguments: [
            ("ARBUSD", ["ARB/USD", "AR/BUSD"]), ("USDTUSD", ["USDT/USD", "USD/TUSD"]), ("BTCBUSD", ["BTCB/USD", "BTC/BUSD"]),
            ("WXTUSD", ["WXT/USD", "WX/TUSD"]), ("LITFDUSD", ["LITFD/USD", "LIT/FDUSD"])
        ])
    func doubts(_ text: String, _ meanings: [String]) {
        let symbols = meanings.map { Symbol($0)! }
        #expect(PairName(text) == .doubt(symbols))
        for symbol in symbols { #expect(PairName(text, known: [symbol, Symbol("BTC/USDT")!]) == .pair(symbol)) }
    }

    @Test(
        "what is not spot and what is no pair is said",
        arguments: [
            ("BTCUSDT_PERP", .notSpot("a perpetual")), ("BTC_PERP_FTX", .notSpot("a perpetual")), ("BTC-PERPETUAL", .notSpot("a perpetual")),
            ("BTC-USDT-SWAP", .notSpot("a perpetual")),
            ("BTCUSDTPERP", .notSpot("a perpetual")), ("BTCUSDT_240329", .notSpot("240329")), ("BTC-USD-240329", .notSpot("USD_240329")),
            ("SPY", .unknown), ("USDT", .unknown), ("lowUSDT", .unknown), ("", .unknown), ("BTC-FOO", .unknown), ("ſolusdt", .unknown),
            ("BTC USDT", .unknown)
        ] as [(String, PairName)])
    func others(_ text: String, _ expected: PairName) { #expect(PairName(text) == expected) }

    @Test(
        "a file's name tells pair, interval, period and packing",
        arguments: [
            ("BTCUSDT-1h.csv", "BTC/USDT", CandleFileName.Interval.told(.h1), "", CandleFileName.Packing.plain),
            ("btc-usdt-5m.csv.gz", "BTC/USDT", .told(.m5), "", .gzip),
            ("BTCUSDT-1m-2024-01.zip", "BTC/USDT", .told(.m1), "2024-01", .zip),
            ("ETHBTC-1d-2024-01-31.csv", "ETH/BTC", .told(.d1), "2024-01-31", .plain),
            ("BTCUSDT-2h.csv", "BTC/USDT", .other("2h"), "", .plain), ("BTCUSDT-1M.csv", "BTC/USDT", .other("1M"), "", .plain),
            ("BTCUSDC.csv", "BTC/USDC", .untold, "", .plain)
        ])
    func files(_ file: String, _ symbol: String, _ interval: CandleFileName.Interval, _ period: String, _ packing: CandleFileName.Packing) throws {
        let name = try #require(CandleFileName(file))
        #expect(name.pair == .pair(Symbol(symbol)!) && name.interval == interval && name.period == period && name.packing == packing)
    }

    @Test("what is no candle file has no name of one", arguments: [".BTCUSDT-1h.csv", "instruments.yaml", "BTCUSDT-1h.bin", "notes.txt", "csv"])
    func none(_ file: String) { #expect(CandleFileName(file) == nil) }

    @Test("a lab reads a file in the pair its name tells, with the rules beside it")
    func lab() throws {
        let folder = Folder(), rows = Folder.header + Folder.rows(.h1, 5)
        for name in ["BTCUSDC-1h.csv", "ETHBTC-1h.csv", "EURUSD-1h.csv", "ARBUSD-1h.csv", "BTC_PERP-1h.csv", "SPY-1h.csv", "w9.csv", "BTCUSDT-3h.csv"]
        { folder.write(name, rows) }
        func open(_ name: String, _ known: [Symbol] = []) throws -> HistoryReading {
            try HistoryFile.open(folder.path + "/" + name, known: known, quote: .usd)
        }
        func refusal(_ name: String) -> String? { (#expect(throws: FileFault.self) { try open(name) })?.description }
        #expect(try open("BTCUSDC-1h.csv").history.instrument.symbol == Symbol("BTC/USDC"))
        #expect(try open("ETHBTC-1h.csv").history.instrument.minNotional == "0.0001")
        #expect(try open("EURUSD-1h.csv").history.instrument.symbol == Symbol("EUR/USD"))
        #expect(try open("w9.csv").history.instrument.symbol == Symbol("W9/USD") && open("w9.csv").isPairAssumed)
        #expect(try open("w9.csv", [Symbol("W9/EUR")!]).history.instrument.symbol == Symbol("W9/EUR"))
        #expect(
            refusal("ARBUSD-1h.csv")
                == "ARBUSD-1h.csv: its name is ARB/USD or AR/BUSD: say which in instruments.yaml beside it, or name it as in ARB-USD-1h.csv")
        #expect(refusal("BTC_PERP-1h.csv") == "BTC_PERP-1h.csv: a perpetual, not spot")
        #expect(refusal("SPY-1h.csv") == "SPY-1h.csv: its name tells no pair and interval, as BTCUSDT-1h.csv does")
        #expect(refusal("BTCUSDT-3h.csv") == "BTCUSDT-3h.csv: interval is none of 1m 5m 15m 30m 1h 4h 1d")
        #expect(try open("ARBUSD-1h.csv", [Symbol("AR/BUSD")!]).history.instrument.symbol == Symbol("AR/BUSD"))
        folder.write(
            "instruments.yaml",
            "BTC/USDC: {tickSize: 0.01, lotStep: 0.00001, minNotional: 5}\nARB/USD: {tickSize: 0.001, lotStep: 0.1, minNotional: 1}\n")
        #expect(try !open("BTCUSDC-1h.csv").history.instrument.assumed)
        #expect(try open("ARBUSD-1h.csv").history.instrument.minNotional == "1")
    }

    @Test("a replay takes a doubted name where the rules beside it tell the pair, and names archives' months")
    func replay() throws {
        let folder = Folder(), rows = Folder.header + Folder.rows(.h1, 5), busd = Currency("BUSD")!
        for name in ["ARBUSD-1h.csv", "BTC-BUSD-1h.csv", "ETHBUSD-1h-2024-01.csv", "backup.zip", "FOOBAR-1h.csv"] { folder.write(name, rows) }
        let before = try CandleFileMarket(paths: [folder.path], quote: busd)
        #expect(before.symbols == [Symbol("BTC/BUSD")!])
        #expect(
            before.excluded.map(\.description) == [
                "ARBUSD-1h.csv: its name is ARB/USD or AR/BUSD: say which in instruments.yaml beside it, or name it as in ARB-USD-1h.csv",
                "ETHBUSD-1h-2024-01.csv: one part of a history: carillon candles import takes it",
                "FOOBAR-1h.csv: its name tells no pair and interval, as BTCUSDT-1h.csv does"
            ])
        folder.write("instruments.yaml", "AR/BUSD: {tickSize: 0.01, lotStep: 0.1, minNotional: 5}\n")
        #expect(try CandleFileMarket(paths: [folder.path], quote: busd).symbols == [Symbol("AR/BUSD")!, Symbol("BTC/BUSD")!])
        #expect(try CandleFileMarket(paths: [folder.path]).excluded.first?.reason == "not quoted in USDT")
    }
}
