// The CSV files as readings of the journal: brought up to its end, whatever happened to them.
import Analysis
import Events
import Foundation
import GRDB
import Glibc
import Kernel
import Market
import Ports
import Risk
import Testing
import Trading

@testable import Store

@Suite("The CSV records")
struct CSVTests {
    private let folder: TemporaryFolder
    private let journal: SQLiteJournal
    private let story: Story
    private let records: CSVRecords

    init() throws {
        folder = try TemporaryFolder()
        journal = try SQLiteJournal(path: folder.file("journal.sqlite"))
        story = Story(journal: journal)
        records = CSVRecords(folder: folder.file("logs/records"))
    }

    private func path(_ name: String) -> String { records.folder + "/" + name }
    private func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
    private func write(_ name: String, _ bytes: some Sequence<UInt8>) throws { try Data(bytes).write(to: URL(fileURLWithPath: path(name))) }

    /// Rows by column name.
    private func table(_ name: String) throws -> [[String: String]] {
        let rows = try parse(try bytes(name))
        let header = try #require(rows.first)
        return try rows.dropFirst().map { row in
            try #require(row.count == header.count)
            return Dictionary(uniqueKeysWithValues: zip(header, row))
        }
    }

    /// A reader of RFC 4180, written for this test alone.
    private func parse(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = [], row: [String] = [], cell: [UInt8] = [], at = 0, isQuoted = false
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if isQuoted {
                if byte != UInt8(ascii: "\"") { cell.append(byte); continue }
                if at < bytes.count, bytes[at] == UInt8(ascii: "\"") { cell.append(byte); at += 1 } else { isQuoted = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: ","), UInt8(ascii: "\n"):
                row.append(String(decoding: cell, as: UTF8.self))
                cell = []
                if byte == UInt8(ascii: "\n") { rows.append(row); row = [] }
            case UInt8(ascii: "\r"): break
            default: Issue.record("byte \(byte) outside quotes")
            }
        }
        #expect(row.isEmpty && cell.isEmpty && !isQuoted, "the file ends with a whole line")
        return rows
    }

    // MARK: Content

    @Test("trades: every answer to an order, with the record where a trade begins and ends")
    func trades() throws {
        try story.tell()
        let outcome = records.update(from: journal)
        #expect(outcome.problems == [])
        #expect(outcome.rewritten == ["trades.csv", "signals.csv"])
        let rows = try table("trades.csv")
        #expect(rows.map { $0["action"] } == ["BUY", "SELL", "SELL"])
        #expect(rows.map { $0["status"] } == ["filled", "filled", "filled"])
        #expect(rows.map { $0["trade status"] } == ["open", "partiallyClosed", "closed"])
        #expect(rows[0]["time (UTC)"] == "2026-01-05 14:00:00")
        #expect(rows[0]["pair"] == "LINK/USDT")
        #expect(rows[0]["amount"] == "5.27")
        #expect(rows[0]["price"] == "14.212")
        #expect(rows[0]["order id"] == "C00000T0001E1")
        #expect(rows[0]["mode"] == "paper")
        #expect(rows[0]["stop"] == "13.786")
        #expect(rows[0]["confidence"] == "0.5")
        #expect(rows[1]["reason"] == "TAKE_PROFIT_1")
        #expect(rows[1]["P&L"] == "")
        let closed = try #require(try journal.trades(from: story.start, to: story.at(500)).first)
        #expect(rows[2]["trade"] == "T0001")
        #expect(rows[2]["P&L"] == closed.pnl.description)
        #expect(rows[2]["exit time (UTC)"] == "2026-01-05 15:12:30")
        #expect(rows[2]["take profit 3"] == closed.targets[2].description)
        #expect(rows[2]["fees"] == closed.fees.description)
    }

    @Test("a refused order is a row with its reason")
    func refused() throws {
        try story.open()
        try story.enter()
        let order = Order(
            id: .exit(.none, story.trade, number: 1), trade: story.trade, symbol: story.symbol, side: .sell, type: .stopLoss,
            role: .exit(.stopLoss), quantity: Quantity("1")!, referencePrice: Price("13.7")!, createdAt: story.at(1))
        try journal.commit(at: story.at(1)) { _ in
            [
                .orderSubmitted(OrderSubmitted(order: order)), .orderChanged(OrderChanged(order: order.id, event: .loseAnswer, detail: "no answer")),
                .orderChanged(OrderChanged(order: order.id, event: .accept))
            ]
        }
        _ = records.update(from: journal)
        let last = try #require(try table("trades.csv").last)
        #expect(last["status"] == "unknown")
        #expect(last["reason"] == "STOP_LOSS")
        #expect(last["amount"] == "1")
        #expect(last["fee"] == "")
        #expect(try table("trades.csv").count == 2)
    }

    @Test("signals: who somebody wanted, what was decided and why")
    func signals() throws {
        try story.tell()
        _ = records.update(from: journal)
        let rows = try table("signals.csv")
        #expect(rows.count == 1)
        #expect(rows.first?["pair"] == "LINK/USDT")
        #expect(rows.first?["action"] == "BUY")
        #expect(rows.first?["strategy"] == "panel")
        #expect(rows.first?["time frame"] == "1h")
        #expect(rows.first?["decision"] == "ordered")
        #expect(rows.first?["cycle"] == "C2026010514")
    }

    @Test("signals of strategies: which one, on which candles, with its numbers or why not")
    func strategySignals() throws {
        try story.open()
        func signal(_ pair: String, _ side: Side, order: ClientOrderId? = nil, refusal: Refusal? = nil) throws -> StrategyJudged.Signal {
            StrategyJudged.Signal(
                side: side, close: try #require(Price("101")),
                readings: [.init(name: "ema_21", value: 100.5), .init(name: "rsi_14", value: 61)],
                review: Review(symbol: try #require(Symbol(pair)), conviction: .one, price: nil, order: order, refusal: refusal))
        }
        let order = ClientOrderId.entry(.none, TradeId(7))
        let judged = StrategyJudged(
            instance: InstanceTag(name: "trend-1", strategy: "trend-following", version: 2), timeframe: .m15, closedAt: story.cycle.hour,
            settingsHash: "s", judged: 3, unjudged: [],
            signals: [try signal("ADA/USDT", .buy, order: order), try signal("SOL/USDT", .sell, refusal: .noPrice)])
        try journal.commit(at: story.start) { _ in [.strategyJudged(judged)] }
        _ = records.update(from: journal)
        let rows = try table("signals.csv")
        #expect(rows.map { $0["pair"] } == ["ADA/USDT", "SOL/USDT"] && rows.map { $0["action"] } == ["BUY", "SELL"])
        #expect(
            rows.allSatisfy {
                $0["strategy"] == "trend-1 (trend-following version 2)" && $0["time frame"] == "15m" && $0["cycle"] == story.cycle.description
                    && $0["confidence"] == ""
            })
        #expect(rows.map { $0["decision"] } == ["ordered", "refused"] && rows.map { $0["reason"] } == ["ema_21 100.5, rsi_14 61.0", "no price now"])
    }

    // MARK: Hostile text

    @Test(
        "text never becomes a formula, a new row or a new cell",
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("  =HYPERLINK(\"x\")", "'  =HYPERLINK(\"x\")"),
            ("\t=1", "' =1"), ("\r\n=1", "'  =1"), ("\u{FF1D}1", "'\u{FF1D}1"), ("a\r\nb,\"c\"\0d\u{202E}e\u{2028}f", "a  b,\"c\" d e f"),
            ("plain", "plain"), ("", "")
        ])
    func injection(_ text: String, _ content: String) throws {
        let line = CSVCell.line([.text(text), .text("next")])
        let rows = try parse(line)
        #expect(rows == [[content, "next"]])
    }

    @Test("a loss stays a number, in quotes")
    func negative() {
        #expect(String(decoding: CSVCell.line([.number("-2.51"), .empty]), as: UTF8.self) == "\"-2.51\",\"\"\r\n")
    }

    @Test("a text is cut where it would make a row endless")
    func long() { #expect(CSVCell.text(String(repeating: "é", count: 9_000)).content.unicodeScalars.count == CSVCell.textLimit) }

    @Test("a reason from outside goes through the guard")
    func hostileReason() throws {
        try story.open()
        let cycle = story.cycle
        let verdict = try JSONDecoder().decode(
            Verdict.self,
            from: Data(
                """
                {"symbol":"ADA/USDT","agreeing":[],"opposing":["x"],
                 "vetoes":[{"analyst":"=cmd|' /C calc'!A0\\r\\n","why":"\\"x\\""}],"conviction":"0",
                 "isShortlisted":false,"isAgreed":false,
                 "keptOut":{"vetoed":{"by":"=cmd|' /C calc'!A0\\r\\n"}}}
                """.utf8))
        try journal.commit(at: story.start) { _ in [story.cycleOpened(cycle), .decided(Decided(cycle: cycle, verdicts: [verdict], reviews: []))] }
        _ = records.update(from: journal)
        let row = try #require(try table("signals.csv").first)
        #expect(row["action"] == "SELL")
        #expect(row["decision"] == "kept out")
        #expect(row["reason"] == "'=cmd|' /C calc'!A0  : \"x\"")
    }

    // MARK: Keeping up

    @Test("a second update adds nothing")
    func idempotence() throws {
        try story.tell()
        _ = records.update(from: journal)
        let before = (try bytes("trades.csv"), try bytes("signals.csv"))
        let outcome = records.update(from: journal)
        #expect(outcome == CSVRecords.Outcome())
        #expect(try bytes("trades.csv") == before.0)
        #expect(try bytes("signals.csv") == before.1)
    }

    @Test("step by step comes to the same bytes as all at once")
    func stepwise() throws {
        #expect(records.update(from: journal).rewritten.count == 2)
        let steps: [() throws -> Void] = [
            story.open, story.enter, { try story.exit(minute: 10, .takeProfit1, "1.73", "14.638") },
            { try story.markHour(60) }, { try story.exit(minute: 72, .trailingStop, nil, "14.1") }
        ]
        for step in steps {
            try step()
            let outcome = records.update(from: journal)
            #expect(outcome.rewritten == [] && outcome.problems == [])
        }
        let stepped = (try bytes("trades.csv"), try bytes("signals.csv"))
        try FileManager.default.removeItem(atPath: path("trades.csv"))
        try FileManager.default.removeItem(atPath: path("signals.csv"))
        _ = records.update(from: journal)
        #expect(try bytes("trades.csv") == stepped.0)
        #expect(try bytes("signals.csv") == stepped.1)
    }

    @Test("killed at any byte of the file, the next update makes it whole")
    func torn() throws {
        try story.tell()
        _ = records.update(from: journal)
        for name in ["trades.csv", "signals.csv"] {
            let whole = try bytes(name)
            for length in Set(stride(from: 0, through: whole.count, by: 13)).union((whole.count - 40)...whole.count).sorted() {
                try write(name, whole.prefix(length))
                let outcome = records.update(from: journal)
                #expect(outcome.problems == [])
                #expect(try bytes(name) == whole, "\(name) cut at \(length)")
            }
        }
    }

    @Test(
        "an end that is not the journal's is written anew",
        arguments: ["x", "\"a\",\"b\"\r\n", "\"a\",\"999\"\r\n", "\"a\",\"-9\"\r\n", "\"a\",\"7\"\r\n"])
    func foreign(_ tail: String) throws {
        try story.tell()
        _ = records.update(from: journal)
        let whole = try bytes("trades.csv")
        try write("trades.csv", whole + Array(tail.utf8))
        #expect(records.update(from: journal).rewritten == ["trades.csv"])
        #expect(try bytes("trades.csv") == whole)
    }

    @Test("what an interrupted rewrite left behind is in nobody's way")
    func leftover() throws {
        try story.tell()
        _ = records.update(from: journal)
        let whole = try bytes("trades.csv")
        try write("trades.csv.new", Array("half".utf8))
        try write("trades.csv", whole.dropLast())
        _ = records.update(from: journal)
        #expect(try bytes("trades.csv") == whole)
        #expect(!FileManager.default.fileExists(atPath: path("trades.csv.new")))
    }

    // MARK: What is in the way

    @Test("a link is replaced and what it points at is left alone")
    func link() throws {
        try story.tell()
        _ = records.update(from: journal)
        let whole = try bytes("trades.csv"), target = folder.file("precious")
        try Data("precious".utf8).write(to: URL(fileURLWithPath: target))
        try FileManager.default.removeItem(atPath: path("trades.csv"))
        try FileManager.default.createSymbolicLink(atPath: path("trades.csv"), withDestinationPath: target)
        #expect(records.update(from: journal).rewritten == ["trades.csv"])
        #expect(try bytes("trades.csv") == whole)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
    }

    @Test("a pipe in place of the file does not hold up the caller")
    func pipe() throws {
        try story.tell()
        _ = records.update(from: journal)
        let whole = try bytes("trades.csv")
        try FileManager.default.removeItem(atPath: path("trades.csv"))
        #expect(mkfifo(path("trades.csv"), 0o600) == 0)
        #expect(records.update(from: journal).rewritten == ["trades.csv"])
        #expect(try bytes("trades.csv") == whole)
    }

    @Test("a folder in place of a file is a problem in words, and the other file is written")
    func inTheWay() throws {
        try story.tell()
        try FileManager.default.createDirectory(atPath: path("trades.csv"), withIntermediateDirectories: true)
        let outcome = records.update(from: journal)
        #expect(outcome.problems.count == 1)
        #expect(outcome.problems.first?.contains("trades.csv") == true)
        #expect(outcome.rewritten == ["signals.csv"])
        #expect(!FileManager.default.fileExists(atPath: path("trades.csv.new")))
    }

    @Test("a file in place of the folder is a problem in words")
    func noFolder() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file("logs")))
        #expect(records.update(from: journal).problems.count == 1)
    }

    @Test("while another process writes, this one leaves the files alone")
    func busy() throws {
        try story.tell()
        try FileManager.default.createDirectory(atPath: records.folder, withIntermediateDirectories: true)
        let other = open(records.folder, O_RDONLY | O_DIRECTORY)
        #expect(flock(other, LOCK_EX) == 0)
        #expect(records.update(from: journal).isBusy)
        close(other)
        #expect(records.update(from: journal).rewritten.count == 2)
    }

    @Test("an entry that cannot be read is a problem in words and stops nobody")
    func unreadable() throws {
        try story.tell()
        try journal.queue.write {
            try $0.execute(sql: "INSERT INTO events(seq, at, kind, key, body, hash) VALUES (900, 0, 'decided', '', '?', x'00')")
        }
        let outcome = records.update(from: journal)
        #expect(outcome.problems.count == 1)
        #expect(outcome.rewritten == ["trades.csv"])
    }
}
