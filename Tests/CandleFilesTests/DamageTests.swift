// A damaged file is refused with its name and line, whatever the damage and wherever it is.
import CandleFiles
import Kernel
import Market
import Ports
import Testing

@Suite("Candle files: damage")
struct DamageTests {
    /// What the reader says of a file with these rows after five good ones (so they begin at line 7).
    private func fault(_ rows: String, window: Range<Timestamp>? = nil) throws -> String? {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 5) + rows)
        let market = try folder.market(window: window)
        let fault = market.damaged().first?.description
        if fault != nil {
            #expect(market.instrumentsNow(at: Folder.start + .hours(5)).isEmpty)
            #expect(market.tickersNow(at: Folder.start + .hours(5)).isEmpty)
            #expect(throws: FeedError.self) { try market.read(btc, .h1, from: Folder.start, to: Folder.start + .hours(5), limit: 5) }
        }
        return fault
    }
    private static let next = (Folder.start + .hours(5)).milliseconds

    @Test(
        "values that are no prices are refused where they stand",
        arguments: [
            ("NaN,2,1,1,1", "open is not an exact number"), ("1,inf,1,1,1", "high is not an exact number"),
            ("1,1,null,1,1", "low is not an exact number"),
            ("1,1,1,,1", "close is empty"), ("1,1,1,1,", "volume is empty"), ("1e400,2,1,1,1", "open is not an exact number"),
            ("-1,2,1,1,1", "open is negative"), ("1,2,-1,1,1", "low is negative"), ("1,1,1,1,-3", "volume is negative"),
            ("1,1,0,1,1", "a price is zero"), ("0,0,0,0,0", "a price is zero"), ("1,1,2,1,1", "high below low"),
            ("3,2,1,1,1", "high below open"), ("1,2,1,3,1", "high below close"), ("1,3,2,3,1", "low above open"), ("3,3,2,1,1", "low above close"),
            ("+1,2,1,1,1", "open is not an exact number"), ("0x1,2,1,1,1", "open is not an exact number"),
            (" 1,2,1,1,1", "open is not an exact number"),
            ("1.,2,1,1,1", "open is not an exact number"), ("1,2.0000000000001,1,1,1", "high is not an exact number"),
            ("1,99999999999,1,1,1", "a price is above 1e10"), ("1,1,1,1,9999999999999999", "volume is above 1e15"),
            ("1,123456789012345678901,1,1,1", "high has too many digits")
        ])
    func F053_badNumbers(_ row: String, _ reason: String) throws {
        #expect(try fault("\(Self.next),\(row)\n") == "BTCUSDT-1h.csv:7: \(reason)")
    }

    @Test("exact numbers in odd spellings are read exactly")
    func spellings() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + "\(Folder.start.milliseconds),1.50,2e0,0.000001412000,1.5E-1,95302311917668.000\n")
        let candle = try #require(try folder.market().read(btc, .h1, from: Folder.start, to: Folder.start + .hours(1), limit: 1).first)
        #expect("\(candle.open) \(candle.high) \(candle.low) \(candle.close) \(candle.volume)" == "1.5 2 0.000001412 0.15 95302311917668")
    }

    @Test(
        "duplicates, overlaps and disorder are refused",
        arguments: [
            (4, 0, "duplicate of the row before"), (3, 0, "earlier than the row before"), (-300_000, 0, "open_time_ms is not a time in milliseconds")
        ])
    func F052_order(_ hour: Int, _ offset: Int64, _ reason: String) throws {
        let time = (Folder.start + .hours(hour)).milliseconds + offset
        #expect(try fault("\(time),1,1,1,1,1\n") == "BTCUSDT-1h.csv:7: \(reason)")
    }

    @Test("rows off the grid are gaps, counted and told, and hide no sound row", arguments: [Int64(1), 1_694_789])
    func F052_offTheGrid(_ offset: Int64) throws {
        let folder = Folder(), time = Self.next + offset
        let moved = (0..<3).map { "\(time + Int64($0) * 3_600_000),1,1,1,1,1\n" }.joined()
        for name in ["BTCUSDT-1h.csv", "ETHUSDT-1h.csv"] {
            folder.write(name, Folder.header + Folder.rows(.h1, 5) + (name.hasPrefix("B") ? moved : "") + Folder.rows(.h1, 5, from: 9))
        }
        let market = try folder.market()
        #expect(
            market.damaged().isEmpty
                && market.gaps().map(\.description) == ["BTCUSDT-1h.csv: 3 rows are gaps, the first in line 7: open time is off the interval's grid"])
        #expect(
            try market.read(btc, .h1, from: Folder.start, to: Folder.start + .hours(20), limit: 20).map {
                ($0.openTime - Folder.start).milliseconds / 3_600_000
            }
                == [0, 1, 2, 3, 4, 9, 10, 11, 12, 13])
        let lab = try HistoryFile.open(folder.path + "/BTCUSDT-1h.csv")
        #expect(
            lab.history.count == 10 && lab.history.timeframe == .h1
                && lab.gaps?.description == "BTCUSDT-1h.csv: 3 rows are gaps, the first in line 7: opens off the grid of 1h candles")
        #expect(lab.history.close[5] == 103 && lab.history.volume[9] == 4.125)
        let table = try CandleTable(path: folder.path + "/BTCUSDT-1h.csv")
        #expect(table.openTimes.count == 10 && table.rowGaps?.count == 3)
    }

    @Test("a file of finer candles than its name says is no file of outages", arguments: [Timeframe.m5, .m30])
    func finerThanNamed(_ timeframe: Timeframe) throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(timeframe, 48))
        let off = timeframe == .m30 ? 24 : 44, said = "open time is off the interval's grid"
        #expect(
            try folder.market().damaged().map(\.description) == [
                "BTCUSDT-1h.csv:3: \(said); \(off) of 48 rows are so: these are no candles of this interval"
            ])
        #expect(
            (#expect(throws: FileFault.self) { try HistoryFile.read(folder.path + "/BTCUSDT-1h.csv") })?.description.hasSuffix(
                "\(off) of 48 rows are so: these are no candles of this interval") == true)
    }

    @Test(
        "a file of coarser candles than its name says is refused by the lab and the demo alike",
        arguments: [
            ("BTCUSDT-1h.csv", 240, "these are no 1h candles: its rows are 4h or more apart"),
            ("BTCUSDT-30m.csv", 90, "these are no 30m candles: its rows are 90m or more apart"),
            ("BTCUSDT-1m.csv", 5, "these are no 1m candles: its rows are 5m or more apart"),
            ("BTCUSDT-1h.csv", 1_440, "these are no 1h candles: its rows are 1d or more apart")
        ])
    func coarserThanNamed(_ name: String, _ minutes: Int, _ reason: String) throws {
        let folder = Folder(), rows = Folder.rows(minutes: minutes, 48)
        folder.write(name, Folder.header + rows)
        #expect((#expect(throws: FileFault.self) { try HistoryFile.read(folder.path + "/" + name) })?.description == "\(name): \(reason)")
        #expect(try folder.market().damaged().map(\.description) == ["\(name): \(reason)"])
        // Two rows as close as the name says are enough: the rest are holes.
        let step = try #require(CandleFileName(name)?.timeframe).duration.milliseconds,
            next = Folder.start.milliseconds + Int64(minutes) * 60_000 * 47 + step
        folder.write(name, Folder.header + rows + "\(next),1,1,1,1,1\n")
        #expect(try folder.market().damaged().isEmpty && HistoryFile.read(folder.path + "/" + name).count == 49)
    }

    @Test("times in seconds or microseconds are refused", arguments: ["1704085200", "1704085200000000", "1704085200000.5", "-5", ""])
    func units(_ time: String) throws { #expect(try fault("\(time),1,1,1,1,1\n")?.hasPrefix("BTCUSDT-1h.csv:7: open_time_ms is ") == true) }

    @Test(
        "wrong shapes are refused",
        arguments: [
            ("1,1,1,1", "5 columns instead of 6"), ("1,1,1,1,1,1", "more than 6 columns"), ("1,1,1,1,1,", "more than 6 columns"),
            ("1,1,1,1,\"1\"", "volume is not an exact number"), ("1,1,1,1,\u{0}", "volume is not an exact number"),
            (String(repeating: "1", count: 600), "open is not an exact number")
        ])
    func shapes(_ row: String, _ reason: String) throws { #expect(try fault("\(Self.next),\(row)\n") == "BTCUSDT-1h.csv:7: \(reason)") }

    @Test("an empty line between rows is refused, at the end it is nothing, by the lab too", arguments: ["\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r"])
    func emptyEnd(_ end: String) throws {
        let folder = Folder(), path = folder.path + "/BTCUSDT-1h.csv"
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 5) + end)
        #expect(try folder.market().damaged().isEmpty && HistoryFile.read(path).count == 5)
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 5) + "\n\(end.hasSuffix("\n") ? end : end + "\n")\(Self.next),1,1,1,1,1\n")
        let fault = try #require(try folder.market().damaged().first)
        #expect(fault.reason == "empty line between rows" && (#expect(throws: FileFault.self) { try HistoryFile.read(path) }) == fault)
        // Where the lines fall on two buffers.
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 5) + String(repeating: "\n", count: 600_000))
        #expect(try HistoryFile.read(path).count == 5)
        folder.write("BTCUSDT-1h.csv", Folder.header + Folder.rows(.h1, 5) + String(repeating: "\n", count: 600_000) + "\(Self.next),1,1,1,1,1\n")
        #expect((#expect(throws: FileFault.self) { try HistoryFile.read(path) })?.description == "BTCUSDT-1h.csv:600006: empty line between rows")
    }

    @Test("an empty line is told with its place")
    func emptyLines() throws {
        #expect(try fault("\n\(Self.next),1,1,1,1,1\n") == "BTCUSDT-1h.csv:7: empty line between rows")
        #expect(try fault("\n") == nil)
        #expect(try fault("\(Self.next),1,1,1,1,1") == nil)
    }

    @Test("damage outside the window is damage too")
    func outsideTheWindow() throws {
        let later = Folder.start + .days(300)
        #expect(try fault("\(Self.next),1,1,2,1,1\n", window: later..<later + .days(1)) == "BTCUSDT-1h.csv:7: high below low")
    }

    @Test("a line without end is no memory bomb")
    func endlessLine() {
        let folder = Folder()
        folder.pack("BTCUSDT-1h.csv.gz", Folder.header + String(repeating: "7", count: 900_000))
        #expect((try? folder.market())?.damaged().map(\.description) == ["BTCUSDT-1h.csv.gz:2: line longer than 512 bytes"])
    }

    @Test(
        "one set of headers for demo, lab and table: two names of the time, or none; with or without a byte order mark; CRLF is read",
        arguments: [
            ("\u{FEFF}open_time_ms,open,high,low,close,volume\r\n", true), ("ts,open,high,low,close,volume\n", true),
            ("open_time_ms,open,high,low,close,volume\r\n", true),
            ("", true), ("\u{FEFF}", true), ("time,open,high,low,close,volume\n", false), ("timestamp,open,high,low,close,volume\n", false),
            ("open_time_ms,open,high,low,close\n", false), ("\n", false)
        ])
    func headers(_ header: String, _ good: Bool) throws {
        let folder = Folder(), path = folder.path + "/BTCUSDT-1h.csv"
        folder.write("BTCUSDT-1h.csv", header + Folder.rows(.h1, 3).replacing("\n", with: "\r\n"))
        let market = try folder.market(),
            words = "the header is neither open_time_ms,open,high,low,close,volume nor ts,open,high,low,close,volume; a file may also have none"
        #expect(market.damaged().first?.description == (good ? nil : "BTCUSDT-1h.csv:1: \(words)"))
        guard good else {
            #expect((#expect(throws: FileFault.self) { try HistoryFile.read(path) })?.description == "BTCUSDT-1h.csv:1: column 1: \(words)")
            #expect((#expect(throws: FileFault.self) { try CandleTable(path: path) })?.description == "BTCUSDT-1h.csv:1: \(words)")
            return
        }
        #expect(try market.read(btc, .h1, from: Folder.start, to: Folder.start + .hours(9), limit: 9).count == 3)
        #expect(try HistoryFile.read(path).count == 3 && CandleTable(path: path).openTimes.count == 3)
    }

    @Test(
        "a venue's archive is sent to the import, with its header and without",
        arguments: [
            "", "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
        ])
    func archive(_ header: String) throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", header + Folder.rows(.h1, 3).replacing("\n", with: ",1704070799999,1,1,1,1,0\n"))
        let words = "12 columns, as in a venue's archive: carillon candles import takes it"
        #expect(try folder.market().damaged().map(\.description) == ["BTCUSDT-1h.csv:1: \(words)"])
        #expect((#expect(throws: FileFault.self) { try HistoryFile.read(folder.path + "/BTCUSDT-1h.csv") })?.description.hasSuffix(words) == true)
    }

    @Test("a text of two bytes a character is named, not taken for a wrong header")
    func wideText() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", [0xFF, 0xFE] + Folder.header.utf8.flatMap { [$0, 0] })
        let reason = "BTCUSDT-1h.csv: is UTF-16 text; save it as UTF-8"
        #expect(try folder.market().damaged().map(\.description) == [reason])
        #expect((#expect(throws: FileFault.self) { try HistoryFile.read(folder.path + "/BTCUSDT-1h.csv") })?.description == reason)
        folder.write("instruments.yaml", [0xFE, 0xFF, 0, 0x42])
        #expect(throws: FeedError(.malformed, source: "candle files", "instruments.yaml: is UTF-16 text; save it as UTF-8")) { try folder.market() }
    }

    @Test("an empty file and one without rows are refused")
    func empties() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", "")
        folder.write("ETHUSDT-1h.csv", Folder.header)
        #expect(try folder.market().damaged().map(\.description) == ["BTCUSDT-1h.csv: empty", "ETHUSDT-1h.csv: no rows"])
    }

    @Test("a cut, damaged or pretended archive is refused")
    func archives() throws {
        let text = Folder.header + Folder.rows(.h1, 5_000)
        let folder = Folder()
        folder.pack("AUSDT-1h.csv.gz", text, keeping: 0.5)
        folder.pack("BUSDT-1h.csv.gz", text, flip: -6)
        folder.write("CUSDT-1h.csv.gz", text)
        folder.pack("DUSDT-1h.csv.gz", text, keeping: 0.999)
        folder.pack("EUSDT-1h.csv.gz", text)
        folder.write("FUSDT-1h.csv.gz", "")
        let said = try folder.market().damaged().map(\.description)
        #expect(said.count == 5)
        #expect(said[0].hasPrefix("AUSDT-1h.csv.gz:") && said[0].hasSuffix("cut off: the gzip data have no end"))
        #expect(said[1].hasPrefix("BUSDT-1h.csv.gz:") && said[1].hasSuffix("damaged gzip data"))
        #expect(said[2] == "CUSDT-1h.csv.gz: damaged gzip data")
        #expect(said[3].hasSuffix("cut off: the gzip data have no end"))
        #expect(said[4].hasPrefix("FUSDT-1h.csv.gz: "))
    }

    @Test("an archive of several members is one file")
    func members() throws {
        let folder = Folder()
        folder.pack("BTCUSDT-1h.csv.gz", Folder.header + Folder.rows(.h1, 3_000))
        folder.pack("BTCUSDT-1h.csv.gz", Folder.rows(.h1, 3_000, from: 3_000), append: true)
        let found = try folder.market().read(btc, .h1, from: Folder.start, to: Folder.start + .hours(9_000), limit: 9_000)
        #expect(found.count == 6_000)
    }

    @Test("one damaged file does not take the others' instruments")
    func others() throws {
        let folder = Folder()
        folder.write("BTCUSDT-1h.csv", Folder.header + "oops\n")
        folder.write("ETHUSDT-1h.csv", Folder.header + Folder.rows(.h1, 30))
        let market = try folder.market()
        #expect(market.instrumentsNow(at: Folder.start + .hours(30)).map(\.symbol.base.code) == ["ETH"])
    }
}
