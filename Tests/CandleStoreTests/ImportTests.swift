// Files of every kind there is into a store, and every kind of file that is not taken.
import CandleFiles
import Kernel
import Market
import Signing
import Testing

@testable import CandleStore

@Suite("Candle store: import")
struct ImportTests {
    let bench = StoreBench()
    private static let name = "BTCUSDT-1m-2024-01"

    /// Rows as a venue's archive has them.
    static func archive(_ candles: [Candle], step: Int64 = 60_000, ticks: Int64 = 1) -> String {
        candles.map { candle in
            let open = candle.openTime.milliseconds
            return
                "\(open * ticks),\(candle.open),\(candle.high),\(candle.low),\(candle.close),\(candle.volume),\((open + step) * ticks - 1),12.5,7,"
                + "1.25,6.5,0\n"
        }.joined()
    }

    static func own(_ candles: [Candle]) -> String {
        candles.map { "\($0.openTime.milliseconds),\($0.open),\($0.high),\($0.low),\($0.close),\($0.volume)\n" }.joined()
    }

    private func take(_ name: String, _ bytes: [UInt8], symbol: Symbol? = nil, timeframe: Timeframe? = nil) throws -> ImportResult {
        bench.write(name, bytes)
        return try CandleImport(into: bench.writer()).run(ImportFile(path: bench.folder + "/" + name, symbol: symbol, timeframe: timeframe))
    }

    private func fault(_ name: String, _ bytes: [UInt8], symbol: Symbol? = nil, timeframe: Timeframe? = nil) throws -> String {
        do {
            _ = try take(name, bytes, symbol: symbol, timeframe: timeframe)
            return "taken"
        } catch let error as CandleStoreError { return error.description }
    }

    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let header: String
        let ticks: Int64
        let columns: Int
        var testDescription: String { "\(name), \(columns) columns, \(ticks) ticks, \(header.isEmpty ? "no header" : "header")" }
    }

    @Test(
        "plain files with and without a header, in milliseconds and microseconds, give the same candles",
        arguments: [
            Kind(name: "BTCUSDT-1m.csv", header: "open_time_ms,open,high,low,close,volume\n", ticks: 1, columns: 6),
            Kind(name: "BTCUSDT-1m.csv", header: "ts,open,high,low,close,volume\n", ticks: 1, columns: 6),
            Kind(name: "BTCUSDT-1m.csv", header: "", ticks: 1, columns: 6),
            Kind(name: "BTCUSDT-1m-2024-01.csv", header: "", ticks: 1, columns: 12),
            Kind(name: "BTCUSDT-1m-2024-01.csv", header: "", ticks: 1_000, columns: 12),
            Kind(
                name: "BTCUSDT-1m-2024-01.csv",
                header: "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n",
                ticks: 1, columns: 12),
            Kind(name: "BTCUSDT-1m.csv", header: "\u{FEFF}", ticks: 1, columns: 6),
            Kind(name: "BTCUSDT-1m-2024-01.csv", header: "\u{FEFF}", ticks: 1_000, columns: 12),
            Kind(name: "BTCUSDT-1m-2024-01.csv", header: "\u{FEFF}open_time_ms,open,high,low,close,volume\n", ticks: 1, columns: 6)
        ])
    func kinds(kind: Kind) throws {
        let candles = made(.m1, 500, from: january.start, gaps: [50])
        let rows = kind.columns == 6 ? Self.own(candles) : Self.archive(candles, ticks: kind.ticks)
        let result = try take(kind.name, Array((kind.header + rows).utf8))
        #expect(result.rows == 499 && result.months == 1 && result.commit.added == 499 && !result.isChecked)
        #expect(result.from == january.start && result.to == january.start + .minutes(500))
        #expect(try bench.reader().candles(btc, .m1) == candles)
    }

    @Test("an archive is read stored and deflated, with a right checksum beside it and without", arguments: [true, false], [true, false])
    func archives(deflates: Bool, checksum: Bool) throws {
        let candles = made(.m1, 3_000, from: january.start)
        var zip = ZipMaker(Self.archive(candles, ticks: 1_000))
        zip.deflates = deflates
        zip.comment = "a comment"
        let bytes = zip.bytes
        if checksum { bench.write("\(Self.name).zip.CHECKSUM", Array("\u{FEFF}\(SHA256.hex(bytes))  \(Self.name).zip\r\n".utf8)) }
        #expect(try take("\(Self.name).zip", bytes).isChecked == checksum)
        #expect(try bench.reader().candles(btc, .m1) == candles)
    }

    @Test(
        "a wrong checksum file refuses the archive",
        arguments: [
            (
                "0000000000000000000000000000000000000000000000000000000000000000  BTCUSDT-1m-2024-01.zip",
                "its SHA-256 is not the one in BTCUSDT-1m-2024-01.zip.CHECKSUM: damaged, fetch it again"
            ),
            ("HASH  ETHUSDT-1m-2024-01.zip", "speaks of another file"), ("HASH", "not a SHA-256 and a name"), ("", "not a SHA-256 and a name"),
            ("xyz  BTCUSDT-1m-2024-01.zip", "not a SHA-256 and a name")
        ])
    func checksums(text: String, reason: String) throws {
        let bytes = ZipMaker(Self.archive(made(.m1, 5, from: january.start))).bytes
        bench.write("\(Self.name).zip.CHECKSUM", Array(text.replacing("HASH", with: SHA256.hex(bytes)).utf8))
        #expect(try fault("\(Self.name).zip", bytes).hasSuffix(": \(reason)"))
        #expect(try bench.reader().symbols().isEmpty)
    }

    struct BadZip: Sendable, CustomTestStringConvertible {
        let reason: String
        let change: @Sendable (inout ZipMaker) -> Void
        var testDescription: String { reason }
        init(_ reason: String, _ change: @escaping @Sendable (inout ZipMaker) -> Void) {
            self.reason = reason
            self.change = change
        }
    }

    @Test(
        "an archive that is not one sound file with a plain name is refused",
        arguments: [
            BadZip("the check value is wrong: damaged") { $0.checksum = 7 },
            BadZip("more bytes than it announces") { $0.size = 10 },
            BadZip("fewer bytes than it announces") { $0.size = 1 << 20 },
            BadZip("more than 2048 MiB unpacked") { $0.size = 3 << 30 },
            BadZip("packed by method 12, only deflate is read") { $0.method = 12 },
            BadZip("two sizes of one file") {
                $0.deflates = false; $0.size = 9
            },
            BadZip("encrypted") { $0.flags = 1 },
            BadZip("2 files in it, one is expected") { $0.entries = 2 },
            BadZip("0 files in it, one is expected") { $0.entries = 0 },
            BadZip("two names of one file") { $0.localName = "ETHUSDT-1m-2024-01.csv" },
            BadZip("a file in it has no plain name") { $0.name = "../BTCUSDT-1m.csv" },
            BadZip("a file in it has no plain name") { $0.name = "/etc/passwd" },
            BadZip("a file in it has no plain name") { $0.name = "a\\b.csv" },
            BadZip("a file in it has no plain name") { $0.name = ".csv" },
            BadZip("holds passwd, which is no .csv") { $0.name = "passwd" },
            BadZip("holds ETHUSDT-1m-2024-01.csv, something else than its name says") { $0.name = "ETHUSDT-1m-2024-01.csv" }
        ])
    func badArchives(row: BadZip) throws {
        var zip = ZipMaker(Self.archive(made(.m1, 50, from: january.start)))
        row.change(&zip)
        #expect(
            try fault("\(Self.name).zip", zip.bytes) == "\(Self.name).zip: \(row.reason)"
                || fault("\(Self.name).zip", zip.bytes).hasSuffix(": \(row.reason)"))
        #expect(try bench.reader().symbols().isEmpty)
    }

    @Test("a bomb is stopped at the size it announced")
    func bomb() throws {
        var zip = ZipMaker("")
        zip.content = [UInt8](repeating: 48, count: 32 << 20)
        zip.size = 1_000
        #expect(try fault("\(Self.name).zip", zip.bytes).contains("more bytes than it announces"))
    }

    @Test("an archive cut off anywhere, or with any byte changed, gives no wrong candle")
    func brokenArchive() throws {
        let candles = made(.m1, 12, from: january.start), whole = ZipMaker(Self.archive(candles)).bytes
        bench.write("\(Self.name).zip", whole)
        let file = try ImportFile(path: bench.folder + "/\(Self.name).zip")
        func read() throws -> [Candle] {
            var read: [Candle] = []
            try file.content().rows(.m1) { row throws(FileFault) in if let candle = row.candle { read.append(candle) } }
            return read
        }
        #expect(try read() == candles)
        for at in whole.indices {
            bench.write("\(Self.name).zip", whole[..<at])
            #expect(throws: (any Error).self, "cut at \(at)") { try read() }
            var broken = whole
            broken[at] ^= 0x20
            bench.write("\(Self.name).zip", broken)
            // Some bytes (a date, a version) say nothing of the content.
            if let kept = try? read() { #expect(kept == candles, "byte \(at)") }
        }
    }

    @Test(
        "a row that cannot be is named with its line, and nothing is imported",
        arguments: [
            (
                "BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1,3\n1704067230000,1,2,0.5,1,3\n",
                "BTCUSDT-1m.csv:2: open time is off the interval's grid; 1 of 2 rows are so: these are no candles of this interval"
            ),
            ("BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1,3\n1704067200000,1,2,0.5,1,3\n", "BTCUSDT-1m.csv:2: duplicate of the row before"),
            (
                "BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1\n",
                "BTCUSDT-1m.csv:1: neither a header nor a row of candles: 6 or 12 columns, the first a time in milliseconds or microseconds"
            ),
            (
                "BTCUSDT-1m.csv", "time,price\n",
                "BTCUSDT-1m.csv:1: the header is neither open_time_ms,open,high,low,close,volume nor ts,open,high,low,close,volume; "
                    + "a file may also have none"
            ),
            (
                "BTCUSDT-1m.csv", "timestamp,open,high,low,close,volume\n",
                "BTCUSDT-1m.csv:1: the header is neither open_time_ms,open,high,low,close,volume nor ts,open,high,low,close,volume; "
                    + "a file may also have none"
            ),
            (
                "BTCUSDT-1m.csv", "1704067200,1,2,0.5,1,3\n",
                "BTCUSDT-1m.csv:1: neither a header nor a row of candles: 6 or 12 columns, the first a time in milliseconds or microseconds"
            ),
            (
                "BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1,3\n1704067260000000,1,2,0.5,1,3\n",
                "BTCUSDT-1m.csv:2: open_time_ms is not a time in milliseconds"
            ),
            ("BTCUSDT-1m.csv", "1704067200000,1,2,0.5,x,3\n", "BTCUSDT-1m.csv:1: close is not an exact number"),
            (
                "BTCUSDT-5m.csv", "1704067200000,1,2,0.5,1,3,1704067259999,1,1,1,1,0\n",
                "BTCUSDT-5m.csv:1: its closing time is not the end of the interval"
            ),
            (
                "BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1,3,1704067259999,1,1,1,z,0\n",
                "BTCUSDT-1m.csv:1: taker_buy_quote_volume is not an exact number"
            ),
            (
                "BTCUSDT-1m-2024-02.csv", "1704067200000,1,2,0.5,1,3\n",
                "BTCUSDT-1m-2024-02.csv: holds a candle of 2024-01-01T00:00:00Z, outside the month of its name"
            ),
            (
                "BTCUSDT-1m.csv", "1704067200000,1,2,0.5,1,3\n1704067500000,1,2,0.5,1,3\n1704067800000,1,2,0.5,1,3\n",
                "BTCUSDT-1m.csv: these are no 1m candles: its rows are 5m or more apart"
            ),
            (
                "BTCUSDT-30m.csv", "1704067200000,1,2,0.5,1,3\n1704072600000,1,2,0.5,1,3\n",
                "BTCUSDT-30m.csv: these are no 30m candles: its rows are 90m or more apart"
            ),
            ("BTCUSDT-1m.csv", "", "BTCUSDT-1m.csv: empty"),
            ("BTCUSDT-1m.csv", "open_time_ms,open,high,low,close,volume\n", "BTCUSDT-1m.csv: no rows")
        ])
    func badRows(name: String, text: String, words: String) throws {
        #expect(try fault(name, Array(text.utf8)) == words)
        #expect(try bench.reader().symbols().isEmpty)
    }

    @Test(
        "a month with an outage in it is imported but for the rows that are cut short or off the grid, and they are counted",
        arguments: [Int64(1), 1_000])
    func outage(ticks: Int64) throws {
        // As a venue wrote it in early 2018: an hour that ends at 28 minutes, hours that open there, a short one, the grid again.
        let candles = made(.h1, 600, from: january.start, gaps: Set(200..<243))
        var rows = Self.archive(candles, step: 3_600_000, ticks: ticks).split(separator: "\n").map(String.init)
        func row(_ open: Int64, _ close: Int64) -> String { "\(open * ticks),1,2,0.5,1,3,\((close + 1) * ticks - 1),12.5,7,1.25,6.5,0" }
        let halt = (january.start + .hours(200)).milliseconds, resumed = halt + 1_694_789
        rows.insert(
            contentsOf: [row(halt, resumed - 1)] + (0..<41).map { row(resumed + $0 * 3_600_000, resumed + ($0 + 1) * 3_600_000 - 1) }
                + [row(resumed + 41 * 3_600_000, halt + 43 * 3_600_000 - 1)], at: 200)
        let result = try take("BTCUSDT-1h-2024-01.csv", Array((rows.joined(separator: "\n") + "\n").utf8))
        #expect(
            result.rows == 557
                && result.gaps
                    == RowGaps(
                        count: 43, first: FileFault(file: "BTCUSDT-1h-2024-01.csv", line: 201, "its closing time is not the end of the interval"))
        )
        #expect(try bench.reader().candles(btc, .h1) == candles)
        #expect(try bench.reader().gaps(of: btc).flatMap(\.gaps).map(\.candles) == [43])
    }

    @Test("a file damaged in its last line changes nothing of the months before")
    func wholeOrNothing() throws {
        let candles = made(.h1, 2_000, from: january.start)
        #expect(try fault("BTCUSDT-1h.csv", Array((Self.own(candles) + "1,2,3\n").utf8)) != "taken")
        #expect(try bench.reader().symbols().isEmpty)
        #expect(try take("BTCUSDT-1h.csv", Array(Self.own(candles).utf8)).months == 3)
        #expect(try bench.reader().candles(btc, .h1) == candles)
    }

    @Test("a coarser file that finer candles give wholly is no error, and keeps nothing")
    func coveredWhole() throws {
        let fine = made(.m1, 600, from: january.start)
        _ = try take("BTCUSDT-1m.csv", Array(Self.own(fine).utf8))
        let coarse = try bench.reader().candles(btc, .h1)
        #expect(coarse.count == 10)
        let result = try take("BTCUSDT-1h.csv", Array(Self.own(coarse).utf8))
        #expect(result.commit.added == 0 && result.commit.covered == 10 && result.commit.differing == 0)
        #expect(try bench.reader().candles(btc, .m1) == fine)
    }

    @Test(
        "names tell pair, interval and month",
        arguments: [
            ("BTCUSDT-1m-2024-01.zip", "BTC/USDT", Timeframe.m1, "2024-01"), ("a/b/ETHBTC-1h.csv.gz", "ETH/BTC", .h1, nil),
            ("BTCFDUSD-1d-2023-07.zip", "BTC/FDUSD", .d1, "2023-07"),
            ("EURUSD-1d.csv", "EUR/USD", .d1, nil), ("1000SATSUSDT-5m-2024-02-29.zip", "1000SATS/USDT", .m5, "2024-02"),
            ("BNBUSD-1h.csv", "BNB/USD", .h1, nil), ("BTC-USD1-1h.csv", "BTC/USD1", .h1, nil), ("BTCMXN-1h-2024-02.csv", "BTC/MXN", .h1, "2024-02")
        ] as [(String, String, Timeframe, String?)])
    func names(path: String, symbol: String, timeframe: Timeframe, month: String?) throws {
        let file = try ImportFile(path: path)
        #expect(file.symbol.description == symbol && file.timeframe == timeframe && file.month.map { "\($0)" } == month)
    }

    @Test(
        "a name that does not tell is refused with the option that would",
        arguments: [
            ("BTCUSDT_PERP-1h.csv.gz", "BTCUSDT_PERP-1h.csv.gz: a perpetual, not spot; say --symbol to import it all the same"),
            ("SPY-1d.csv", "SPY-1d.csv: its name tells no pair; say --symbol BTC/USDT"),
            (
                "BTCUSDT-2h.csv",
                "BTCUSDT-2h.csv: its name says 2h, which is none of 1m 5m 15m 30m 1h 4h 1d; say --interval only if its rows are of one of these"
            ),
            (
                "BTCUSDT-60m.csv",
                "BTCUSDT-60m.csv: its name says 60m, which is none of 1m 5m 15m 30m 1h 4h 1d; say --interval only if its rows are of one of these"
            ),
            ("BTCUSDT.csv", "BTCUSDT.csv: its name tells no interval; say --interval and one of 1m 5m 15m 30m 1h 4h 1d"),
            ("ARBUSD-1h.csv", "ARBUSD-1h.csv: its name is ARB/USD or AR/BUSD; say --symbol ARB/USD, or which it is"),
            ("BTCUSDT-1m.parquet", "BTCUSDT-1m.parquet: is none of .csv, .csv.gz and .zip")
        ])
    func untold(path: String, words: String) {
        #expect { try ImportFile(path: path) } throws: { ($0 as? CandleStoreError)?.description == words }
    }

    @Test("what is said stands above the name")
    func said() throws {
        let file = try ImportFile(path: "download.csv", symbol: btc, timeframe: .m15)
        #expect(file.symbol == btc && file.timeframe == .m15 && file.month == nil)
    }
}
