// What `carillon backtest` writes beside its summary: a page and a table of figures, with the numbers of its JSON.
import Glibc
import Kernel
import StrictJSON
import TestSupport
import Testing

@Suite("Backtest reports")
struct BacktestReportTests {
    let bench: Bench
    init() throws { bench = try Bench() }

    /// Hours that rise and fall, so that averages cross.
    private static let hours: String = (0..<900).reduce(into: "ts,open,high,low,close,volume\n") { text, hour in
        let price = 1_000 + (hour / 40 % 2 == 0 ? hour % 40 : 40 - hour % 40) * 5
        text += "\(1_704_067_200_000 + hour * 3_600_000),\(price),\(price + 6),\(price - 6),\(price + 1),2.5\n"
    }

    @Test("the page and the table have the numbers of the JSON")
    func numbers() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours), page = bench.folder + "/run.html", table = bench.folder + "/run.csv"
        let ended = try await bench.run([
            "backtest", "trend-following", "--candles", file, "--set", "fast=9", "--set", "slow=25", "--set", "strength=5", "--json", "--html", page,
            "--statistics", table
        ])
        try #require(ended.way == .exit(0) && ended.error.isEmpty, "\(ended)")
        let json = try JSONValue(parsing: ended.out), figures = json["statistics"], html = Files.text(page)
        #expect(try figures["trades"].int == json["trades"].int && json["trades"].int > 3 && figures["n"].int == 38)
        #expect(html.contains("<data value=\"\(try json["final_equity"].decimal)\">") && html.hasPrefix("<!DOCTYPE html>"))
        let rows = Files.text(table).split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        #expect(rows.first == ["name", "value", "unit", "reason"] && rows.count == 49 && rows.allSatisfy { $0.count == 4 })
        for row in rows.dropFirst() {
            #expect(ended.out.contains("\"\(row[0])\":\(row[1].isEmpty ? "null" : row[1])"), "\(row)")
            #expect(try row[1].isEmpty ? figures["reasons"][row[0]].string == row[3] : html.contains("<data value=\"\(row[1])\">"), "\(row)")
        }
    }

    @Test("the summary shows the figures; the checks that were left out are named on the page")
    func fast() async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours), page = bench.folder + "/run.html"
        let ended = try await bench.run(["backtest", "trend-following", "--candles", file, "--fast", "--html", page])
        #expect(ended.way == .exit(0) && ended.out.contains("  Sharpe ratio ") && ended.out.contains("  Percent by month (UTC)"), "\(ended)")
        #expect(Files.text(page).contains("look-ahead and warm-up not looked at (--fast)"))
    }

    @Test(
        "a page that cannot be written is told with its exit code",
        arguments: [
            (["--html", "nowhere/run.html"], 73, "nowhere/run.html: No such file or directory (exit 73)"),
            (["--statistics", "/"], 73, "/: Is a directory (exit 73)"),
            (["--html", "/dev/full"], 74, "/dev/full: No space left on device (exit 74)"),
            (["--html", "run.html", "--bench"], 64, "--bench prints one line and nothing else")
        ] as [([String], Int32, String)])
    func refused(_ arguments: [String], _ code: Int32, _ words: String) async throws {
        let file = bench.write("AAAUSDT-1h.csv", Self.hours)
        let ended = try await bench.run(["backtest", "trend-following", "--candles", file, "--fast"] + arguments)
        #expect(ended.way == .exit(code) && ended.out.isEmpty && ended.firstError.contains(words), "\(ended)")
    }
}
