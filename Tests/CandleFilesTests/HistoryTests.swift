// Histories: exact columns from a file, and a damaged one told by line and column.
import CandleFiles
import Kernel
import Market
import Testing

@Suite("Histories")
struct HistoryTests {
    private let row = "1704067200000,100.10,101.5,99,100.25,3.5\n"
    private let next = "1704067260000,100.25,100.25,100.25,100.25,0\n"

    @Test(
        "columns are the Doubles nearest to the texts",
        arguments: [Folder.header, "ts,open,high,low,close,volume\n", "", "\u{FEFF}", "\u{FEFF}ts,open,high,low,close,volume\r\n"])
    func columns(_ header: String) throws {
        let folder = Folder()
        folder.write(
            "BTCUSDT-1m.csv", header + row + next.replacing("\n", with: "\r\n") + "1704067380000,0.1,123456789.123456789,0.1,0.30,12345678.123456")
        let history = try HistoryFile.read(folder.path + "/BTCUSDT-1m.csv")
        #expect(Array(history.open) == [100.10, 100.25, 0.1])
        #expect(Array(history.high) == [101.5, 100.25, 123456789.123456789])
        #expect(Array(history.volume) == [3.5, 0, 12345678.123456])
        #expect(Array(history.openTime) == [1_704_067_200_000, 1_704_067_260_000, 1_704_067_380_000])
        #expect(history.timeframe == .m1)
        #expect(history.instrument.symbol == Symbol("BTC/USDT"))
        #expect(history.instrument.tickSize == "0.000000001")
        // Six decimals would be 123 dollars at the highest price.
        #expect(history.instrument.lotStep == "0.000000001")
    }

    @Test("decimals that carry nothing are no tick, and prices are exact again")
    func ticks() throws {
        let folder = Folder()
        folder.write("w9.csv", row.replacing("100.10", with: "100.10000000") + next)
        let history = try HistoryFile.read(folder.path + "/w9.csv")
        #expect(history.instrument.tickSize == "0.01")
        #expect(history.instrument.assumed)
        #expect(history.price(history.open[0]) == "100.1")
        #expect(history.price(100.07) == "100.07")
    }

    @Test(
        "volumes that somebody rounded make no lot that eats the account",
        arguments: [
            ("BTCUSDT", "69", "3", "0.01", "0.01"), ("BTCUSDT", "100", "0", "0.01", "0.01"), ("BTCUSDT", "100.01", "0", "0.01", "0.001"),
            ("BTCUSDT", "69000", "3.5", "1", "0.00001"),
            ("BTCUSDT", "69000", "3.123456", "1", "0.000001"), ("BTCUSDT", "0.00001", "12345", "0.00001", "1"),
            ("ETHBTC", "0.07", "12", "0.01", "0.0001"),
            ("ETHBTC", "0.07", "12.12345", "0.01", "0.00001"), ("BTCJPY", "9000000", "1", "1", "0.00001"),
            ("BTCUSDT", "9999999999", "1", "1", "0.0000000001")
        ])
    func lots(_ pair: String, _ price: String, _ volume: String, _ tick: String, _ lot: String) throws {
        let folder = Folder(),
            symbol = try #require([Symbol("BTC/USDT"), Symbol("ETH/BTC"), Symbol("BTC/JPY")].compactMap { $0 }.first { $0.joined == pair })
        let low = tick == "1" ? "1" : tick
        // The highest price is far from the window and from the first row.
        var rows = Folder.header
        for hour in 0..<2_000 {
            rows +=
                "\((Folder.start + .hours(hour)).milliseconds),\(low),\(hour == 1_500 ? price : low),\(low),\(low),\(hour == 700 ? volume : "0")\n"
        }
        folder.write("\(pair)-1h.csv", rows)
        let told = try HistoryFile.read(folder.path + "/\(pair)-1h.csv").instrument
        #expect(told.symbol == symbol && told.lotStep.description == lot && told.assumed, "\(told)")
        let market = try CandleFileMarket(paths: [folder.path], quote: symbol.quote, window: Folder.start..<Folder.start + .hours(30))
        #expect(market.instrumentsNow(at: Folder.start + .hours(20)) == [told])
    }

    @Test("rules of instruments.yaml beside the file are the pair's; other pairs keep their decimals")
    func toldRules() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1m.csv", row + next)
        folder.write("ETHUSDT-1m.csv", row + next)
        folder.write("instruments.yaml", "BTC/USDT: {tickSize: 0.05, lotStep: 0.001, minNotional: 7}\n")
        let told = try HistoryFile.read(folder.path + "/BTCUSDT-1m.csv").instrument
        #expect(told == Instrument(symbol: Symbol("BTC/USDT")!, tickSize: "0.05", lotStep: "0.001", minNotional: "7"))
        #expect(try HistoryFile.read(folder.path + "/ETHUSDT-1m.csv").instrument.assumed)
        folder.write("instruments.yaml", "BTC/USDT: {tick: 1}\n")
        #expect(throws: FileFault.self) { try HistoryFile.read(folder.path + "/BTCUSDT-1m.csv") }
    }

    @Test("a packed file, and one longer than every buffer")
    func long() throws {
        let folder = Folder()
        var text = Folder.header
        for minute in 0..<70_000 { text += "\(1_704_067_200_000 + minute * 60_000),100.\(10 + minute % 90),102,99,100,\(minute)\n" }
        folder.write("AUSDT-1m.csv", text)
        folder.pack("BUSDT-1m.csv.gz", text)
        for name in ["AUSDT-1m.csv", "BUSDT-1m.csv.gz"] {
            let history = try HistoryFile.read(folder.path + "/" + name)
            #expect(history.count == 70_000)
            #expect(history.volume.last == 69_999)
            #expect(history.open[69_999] == Double("100.\(10 + 69_999 % 90)"))
        }
    }

    @Test(
        "damage is told by file, line and column",
        arguments: [
            ("1704067260000,100,x,99,100,1\n", "m.csv:3: column 19: high is not a number"),
            ("1704067260000,100,101,99,100\n", "m.csv:3: column 29: 5 columns instead of 6"),
            ("1704067260000,100,101,99,100,1,2\n", "m.csv:3: column 32: more than 6 columns"),
            ("1704067260000,-1,101,99,100,1\n", "column 15: open is negative"),
            ("1704067260000,100,101,99,,1\n", "column 26: close is empty"), ("1704067260000,100,101,99,1e2,1\n", "column 26: close is not a number"),
            ("1704067260000,100,101,99,100.,1\n", "column 26: close is not a number"),
            ("1704067260000,.5,101,99,100,1\n", "column 15: open is not a number"),
            ("1704067260000,1.0000000000001,101,1,100,1\n", "column 15: open has too many digits"),
            ("1704067260000,1234567890123456789,1,1,1,1\n", "column 15: open has too many digits"),
            ("1704067200000,1,1,1,1,1\n", "m.csv:3: column 1: duplicate"), ("1704067140000,1,1,1,1,1\n", "column 1: earlier"),
            ("x,1,1,1,1,1\n", "column 1: time is not a whole number"),
            ("17040672,1,1,1,1,1\n", "column 1: the time is not in milliseconds"),
            ("\n1704067260000,1,1,1,1,1\n", "m.csv:3: empty line between rows"),
            ("1704067260000,1,2,0,1,1\n", "a price is zero"), ("1704067260000,3,2,1,1,1\n", "high below open"),
            ("1704067260000,1,2,1.5,2,1\n", "low above open"),
            ("1704067260000,1,1,2,1,1\n", "high below low"), ("1704067260000,1,99999999999,1,1,1\n", "a price is above 1e10"),
            ("1704067261234,1,1,1,1,1\n", "rows are 61234 ms apart"),
            (
                "1704067290000,1,1,1,1,1\n1704067350000,1,1,1,1,1\n",
                "m.csv:3: opens off the grid of 1m candles; 2 of 3 rows are so: these are no candles of this interval"
            )
        ])
    func damage(_ line: String, _ expected: String) {
        let folder = Folder()
        folder.write("m.csv", Folder.header + row + line)
        expectFault(folder.path + "/m.csv", expected)
    }

    @Test(
        "files without candles are refused", arguments: [("", "empty"), ("ts,open\n", "the header is neither"), (Folder.header, "fewer than 2 rows")])
    func empty(_ text: String, _ expected: String) {
        let folder = Folder()
        folder.write("m.csv", text)
        expectFault(folder.path + "/m.csv", expected)
        expectFault(folder.path + "/missing.csv", "cannot be opened")
    }

    private func expectFault(_ path: String, _ expected: String) {
        #expect { try HistoryFile.read(path) } throws: { error in
            if !"\(error)".contains(expected) { Issue.record("\(error) has no \(expected)") }
            return true
        }
    }
}
