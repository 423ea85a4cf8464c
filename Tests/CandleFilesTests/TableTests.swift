// A candle file as columns: any name, gaps as they are, and each number the Double its text means.
import CandleFiles
import Kernel
import Market
import Testing

@Suite("Candle files: as columns")
struct TableTests {
    @Test(
        "each number is the Double that its text parses to",
        arguments: [
            "0.1", "28923.63", "1.358105182647705", "102.5199966430664", "0.00001412", "0.000000000001", "123456.789012345678", "9007199254.740993",
            "425278.122892078045", "299062.993665263608", "9999999999",
            "1e-05", "0.30000000000000004", "1.3401951789855957", "102.73999786376953", "0.00000000000000001", "0.1234567890123456789"
        ])
    func nearest(_ text: String) throws {
        let folder = Folder()
        folder.write("odd-name.csv", Folder.header + "1704067200001,\(text),\(text),\(text),\(text),\(text)\n")
        guard text.count < 21 else {
            #expect(throws: FileFault(file: "odd-name.csv", line: 2, "open is not an exact number")) {
                try CandleTable(path: folder.path + "/odd-name.csv")
            }
            return
        }
        let table = try CandleTable(path: folder.path + "/odd-name.csv")
        for column in [table.candles.open, table.candles.high, table.candles.low, table.candles.close, table.candles.volume] {
            #expect(column == [Double(text)])
        }
    }

    @Test("rows are taken as they are, packed or not, with a header or without")
    func rows() throws {
        let folder = Folder()
        let text = Folder.rows(.h1, 50, gaps: [3, 4, 30])
        folder.write("SPY-1h.csv", "\u{FEFF}" + text)
        folder.pack("BTCUSDT_PERP-1h.csv.gz", text)
        let plain = try CandleTable(path: folder.path + "/SPY-1h.csv"), packed = try CandleTable(path: folder.path + "/BTCUSDT_PERP-1h.csv.gz")
        #expect(plain.openTimes.count == 47 && plain.openTimes == packed.openTimes && plain.openTimes[3] == Folder.start + .hours(5))
        #expect(plain.candles.close == packed.candles.close && plain.candles.volume[0] == 1.125 && plain.candles.high[0] == 101.5)
    }

    @Test(
        "the archive's daily files of other markets are readable, older than any coin and with all their digits",
        .enabled(
            if: SharedCandles.areThere,
            "the shared data are not here"), arguments: [("SPY-1d", 5_849), ("EURUSD-1d", 4_056), ("USDJPY-1d", 3_962)])
    func otherMarkets(_ name: String, _ count: Int) throws {
        let table = try CandleTable(path: "\(SharedCandles.folder)/\(name).csv.gz")
        #expect(table.candles.count == count && table.candles.close.allSatisfy { $0 > 0 && $0.isFinite })
    }

    @Test(
        "a fault names file, line and column",
        arguments: [
            (
                "a.csv", "time,o,h,l,c,v\n",
                "a.csv:1: the header is neither open_time_ms,open,high,low,close,volume nor ts,open,high,low,close,volume; a file may also have none"
            ),
            ("a.csv", Folder.header, "a.csv: no rows"), ("a.csv", "", "a.csv: empty"),
            ("a.csv", Folder.header + "1704067200000,1,1,1,x,1\n", "a.csv:2: close is not an exact number"),
            ("a.csv", "1704067200000,1,1,1,1,-1\n", "a.csv:1: volume is negative"),
            ("a-1h.csv", "1704067200001,1,1,1,1,1\n", "a-1h.csv:1: open time is off the interval's grid")
        ])
    func faults(_ name: String, _ text: String, _ words: String) {
        let folder = Folder()
        folder.write(name, text)
        let fault = #expect(throws: FileFault.self) { try CandleTable(path: folder.path + "/" + name) }
        #expect(fault?.description == words)
    }
}
